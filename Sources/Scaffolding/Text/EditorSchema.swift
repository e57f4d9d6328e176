import BotConfiguration
package import JSONCoding

/// A JSON Schema beside the project, with which editors check and complete its files while they are written.
///
/// The schemas lie in `schemas/` and belong into the repository: a fresh clone, a reviewer's editor and a web editor
/// find them without running anything, and the diff of an upgrade shows which keys are new. `.botctl/`, which git
/// ignores, would leave every one of them with a broken link.
package enum EditorSchema: String, Hashable, Sendable, CaseIterable {
    case bot, template, project, facts

    /// The schema's file, relative to the project.
    package var path: String { "schemas/\(rawValue).schema.json" }

    /// The schema as JSON.
    package var document: JSONValue {
        switch self {
        case .bot: JSONSchema.document(of: BotSchema.bot, title: "A bot of botctl: bots.d/NAME.yaml")
        case .template: JSONSchema.document(of: BotSchema.template, title: "A template of botctl: templates/NAME.yaml")
        case .project: JSONSchema.document(of: ProjectSchema.project, title: "A project of botctl: botctl.yaml")
        case .facts:
            JSONSchema.document(
                ofEither: [FactsSchema.model, FactsSchema.file],
                title: "Facts on models for botctl: catalog.d/NAME.yaml")
        }
    }

    /// The schema as it lies beside a project.
    package var file: ScaffoldedFile { ScaffoldedFile(path: path, text: document.text(.indented) + "\n") }

    /// The comment by which the YAML language server finds the schema; the first line of a file.
    ///
    /// - Parameters:
    ///   - directory: Where the file is, relative to the project; empty for the project itself, and absolute for a
    ///     directory outside it.
    ///   - root: The project.
    /// - Returns: The line without its end.
    package func modeline(in directory: String, of root: String) -> String {
        let link: String
        if directory.hasPrefix("/") {
            link = "\(root)/\(path)"
        } else {
            link = String(repeating: "../", count: directory.split(separator: "/").count) + path
        }
        return "# yaml-language-server: $schema=\(link)"
    }
}
