package import BotConfiguration
package import Diagnostics

/// A project that was read and judged.
package struct CheckedProject: Sendable {
    package var sources: ProjectSources
    /// The project in every environment that was judged.
    package var projects: [Project]
    /// What is wrong or worth saying, in the order in which it is shown.
    package var diagnostics: [Diagnostic]

    package init(sources: ProjectSources, projects: [Project], diagnostics: [Diagnostic]) {
        self.sources = sources
        self.projects = projects
        self.diagnostics = diagnostics
    }
}
