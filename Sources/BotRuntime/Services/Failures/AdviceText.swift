import ChatEvents

/// Advice in words: what the user reads in place of the sentence that fits every failure of the kind.
struct AdviceText {
    let text: String

    init(_ advice: UserAdvice) {
        switch advice {
        case .shortenConversation(let estimate, let limit):
            text = """
                This conversation is about \(estimate) tokens long, and this bot takes about \(limit). Start a new \
                chat, or send less text or fewer files.
                """
        case .shortenPrompt(let limit):
            text = "This prompt is too long: the model takes up to \(limit) characters. Please shorten it."
        case .attachmentNotRead(let name, let takes):
            text =
                takes.isEmpty
                ? "This bot cannot read files, so it cannot use \(Self.quoted(name)). Please send text only."
                : "This bot cannot read \(Self.quoted(name)). It reads \(Self.list(takes))."
        case .attachmentTooLarge(let name, let limit):
            text = "The file \(Self.quoted(name)) is too large: up to \(Self.size(limit)) are taken for each."
        case .attachmentNotFetched(let name):
            text = "The file \(Self.quoted(name)) could not be fetched. Please attach it again."
        case .tooManyAttachments(let sort, let limit):
            text = "There are too many \(sort): the model takes up to \(limit) in one conversation."
        case .valueNotTaken(let name, let takes):
            text = "The setting \(Self.quoted(name)) cannot have that value: it takes \(takes)."
        case .describePicture: text = "Please say in words what to make."
        case .paymentNotSettled: text = "The price of this answer could not be settled with Poe. Please try again."
        case .attachPicture:
            text = "This bot changes pictures. Please attach the one to work on, as PNG or JPEG."
        }
    }

    /// A name as it can be shown in a line of text: without control characters, and not longer than a line.
    private static func quoted(_ name: String) -> String {
        let visible = name.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 }
        var text = String(String.UnicodeScalarView(visible.prefix(60)))
        if visible.count > 60 { text += "…" }
        return "“\(text)”"
    }

    private static func list(_ items: [String]) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    private static func size(_ bytes: Int) -> String {
        let tenths = bytes / 100_000
        return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
    }
}
