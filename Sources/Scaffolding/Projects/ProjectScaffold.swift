import BotConfiguration
package import ModelCatalog

/// A project from nothing: settings, a template, one bot.
package struct ProjectScaffold: Hashable, Sendable {
    /// The files, in the order in which they are written.
    package let files: [ScaffoldedFile]
    /// The name of the bot.
    package let bot: String

    /// The settings of a project that runs on this machine, with the way to another environment.
    package static let settings = ScaffoldedFile(
        path: "botctl.yaml",
        text: """
            \(EditorSchema.project.modeline(in: "", of: ""))
            # Environments: each has a state, which says what is deployed, and gateways that serve it.
            default_environment: local

            environments:
              # This machine: state in a directory that git ignores, and no account with anybody.
              local:
                upstream: simulator

              # Amazon Bedrock with the credentials of whoever runs the gateway:
              # production:
              #   upstream: aws
              #   gateway: {url: "https://bots.example.com"}

            """)

    /// A project with a bot.
    ///
    /// - Parameters:
    ///   - modelID: The model of the bot.
    ///   - catalog: What is known of it.
    /// - Throws: ``ScaffoldRefusal`` when the model serves no bot, or needs more than its id.
    package init(modelID: String, catalog: ModelCatalog) throws(ScaffoldRefusal) {
        guard let name = BotNaming.names(for: modelID).first else {
            throw ScaffoldRefusal(.name, "no name can be made of '\(modelID)'")
        }
        let facts = catalog.facts(for: modelID)
        let form = BotForm(of: modelID, facts)
        guard form != .video else { throw .noOutput(for: modelID, hint: "start with a model that chats") }
        let placement = BotPlacement.beneathTemplate(of: form.kind)
        let route = try RouteChoice(
            for: BotRequest(modelID: modelID), over: placement, facts: facts, catalog: catalog)
        let scaffold = BotScaffold(
            name: name, modelID: modelID, form: form, region: route.region, profile: route.profile,
            hasSmokeCase: form == .edit)
        let botFile = ScaffoldedFile(
            path: "bots.d/\(name).yaml", text: scaffold.text(modeline: EditorSchema.bot.modeline(in: "bots.d", of: "")))
        bot = name
        let pictures = form == .edit ? [PictureScaffold.file] : []
        files =
            [Self.settings, TemplateScaffold.file(for: form.kind), botFile] + pictures
            + EditorSchema.allCases.map(\.file)
    }

    /// What git is not to keep: states, caches and locks of the environments that live in the project.
    package static let ignoredDirectory = ".botctl/"

    /// A `.gitignore` that ignores what botctl keeps beside a project.
    ///
    /// - Parameter text: The file as it is; nil where there is none.
    /// - Returns: The file as it should be; nil where it ignores that already.
    package static func ignoring(in text: String?) -> String? {
        guard let text, !text.isEmpty else { return ignoredDirectory + "\n" }
        let forms = [".botctl/", ".botctl", "/.botctl/", "/.botctl"]
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }
        guard !lines.contains(where: forms.contains) else { return nil }
        return text + (text.hasSuffix("\n") ? "" : "\n") + ignoredDirectory + "\n"
    }
}
