package import BotConfiguration

/// The templates that lie beneath all bots of a kind where a project has no others.
package enum TemplateScaffold {
    /// The default template of a kind.
    ///
    /// - Parameters:
    ///   - kind: What the bots over it produce.
    ///   - directory: Where templates are, relative to the project, or absolute for a directory outside it.
    ///   - root: The project.
    /// - Returns: The template's file.
    package static func file(
        for kind: BotKind, in directory: String = "templates", of root: String = ""
    ) -> ScaffoldedFile {
        ScaffoldedFile(
            path: "\(directory)/\(ProjectSources.defaultTemplate(kind)).yaml",
            text: "\(EditorSchema.template.modeline(in: directory, of: root))\n\(text(for: kind))")
    }

    private static func text(for kind: BotKind) -> String {
        """
        # What every \(kind.rawValue) bot has unless its own file in bots.d/ says otherwise.

        \(values(for: kind))

        # Every bot gets its own key where POE_ACCESS_KEY_<NAME> is set, else the shared one.
        poe:
          access_key: ["${env:POE_ACCESS_KEY_{NAME}}", "${env:POE_ACCESS_KEY}"]

        # Asked of every bot by every deploy.
        smoke:
          - \(BotScaffold.smokeCase(for: BotForm(of: kind)))

        """
    }

    private static func values(for kind: BotKind) -> String {
        switch kind {
        case .chat:
            """
            parameters:
              temperature: 0.7 # left out for models that refuse it
              max_tokens: 4096 # lowered to the model's limit
            """
        case .image:
            """
            model:
              region: us-west-2 # where Bedrock has its image models

            limits:
              max_concurrent: 16
              first_token_timeout: 60s # to the first sign of life
              idle_timeout: 180s # while the picture is made
            """
        case .video:
            """
            model:
              region: us-west-2 # where Bedrock has its video models

            limits:
              max_concurrent: 4 # a video takes minutes
              idle_timeout: 180s # between two signs of life
              request_timeout: 590s # Poe ends an answer after 600 seconds
            """
        }
    }
}
