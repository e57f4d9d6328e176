import BotConfiguration

/// The smallest file of a bot: the model, and what neither template nor facts say.
package struct BotScaffold: Hashable, Sendable {
    /// The bot's name, which is the file's.
    package var name: String
    /// The model's id as it is written.
    package var modelID: String
    /// What the model does.
    package var form: BotForm
    /// The region; nil for the one beneath.
    package var region: String?
    /// The inference profile; nil for the one beneath.
    package var profile: String?
    /// Where a video model puts its results; nil for what lies beneath.
    package var output: String?
    /// The template; nil for the default one.
    package var template: String?
    /// Whether the file has a smoke case of its own.
    package var hasSmokeCase: Bool

    package init(
        name: String, modelID: String, form: BotForm = .chat, region: String? = nil, profile: String? = nil,
        output: String? = nil, template: String? = nil, hasSmokeCase: Bool = false
    ) {
        self.name = name
        self.modelID = modelID
        self.form = form
        self.region = region
        self.profile = profile
        self.output = output
        self.template = template
        self.hasSmokeCase = hasSmokeCase
    }

    /// The text of the file: at most eight lines, none of them longer than a narrow terminal unless the id is.
    ///
    /// - Parameter modeline: The comment by which editors find the schema.
    /// - Returns: The text, with a line break at its end.
    func text(modeline: String) -> String {
        var lines = [modeline]
        if let template { lines.append("template: \(YAMLText.scalar(template))") }
        lines.append(modelLine)
        if hasSmokeCase {
            lines.append("smoke:")
            lines.append("  - \(Self.smokeCase(for: form))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The line that names the model, which is all that a file needs.
    package var modelLine: String {
        let id = YAMLText.scalar(modelID)
        let others = [("region", region), ("profile", profile), ("output", output)].compactMap { key, value in
            value.map { "\(key): \(YAMLText.scalar($0))" }
        }
        return "model: " + (others.isEmpty ? id : "{id: \(id), \(others.joined(separator: ", "))}")
    }

    /// A question with one right answer, or an order for any model: the entry of a list that is indented by two.
    static func smokeCase(for form: BotForm) -> String {
        switch form {
        case .chat:
            """
            name: pong
                prompt: Reply with the single word pong.
                expect: {contains: pong, first_event_within: 30s}
            """
        case .image, .video:
            """
            name: lighthouse
                prompt: A red lighthouse at dusk, in oil on canvas.
                expect: {file: \(form.kind.rawValue), first_event_within: 30s}
            """
        case .edit:
            """
            name: lighthouse
                prompt: A red lighthouse at dusk, in oil on canvas.
                attachments: [\(PictureScaffold.path)]
                expect: {file: image, first_event_within: 30s}
            """
        }
    }
}
