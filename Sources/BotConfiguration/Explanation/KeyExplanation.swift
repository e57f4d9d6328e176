import Suggestions

/// One key of the configuration: what it means, and where a person asks about a bot, what it is there and why.
package struct KeyExplanation: Sendable {
    /// The bot whose values are shown; nil where only the key was asked about.
    package let bot: String?
    /// The dotted path of the key; empty for the whole bot.
    package let path: String
    /// The declaration of the key; nil for the whole bot.
    package let field: SchemaField?
    /// The keys within it; empty for a key that holds a single value.
    package let nested: [SchemaField]
    /// The bot's values at the path and below, each with its origin and what it hides.
    package let entries: [EffectiveConfig.Entry]

    /// Explains `NAME.path`, `NAME` or `path`.
    ///
    /// The longest bot name that the subject starts with wins, so that names may hold dots.
    ///
    /// - Parameters:
    ///   - subject: What is asked about.
    ///   - project: The bots; nil where there is no project, and keys can be asked about only.
    /// - Throws: ``ProjectError`` for a name or key that does not exist.
    package init(of subject: String, in project: Project?) throws(ProjectError) {
        let bot = project?.bots.filter { subject == $0.name || subject.hasPrefix($0.name + ".") }
            .max { $0.name.utf8.count < $1.name.utf8.count }
        let path: String
        if let bot {
            path = String(subject.dropFirst(bot.name.count).drop { $0 == "." })
        } else {
            path = subject
        }
        let keys = path.split(separator: ".").map(String.init)
        let field = keys.isEmpty ? nil : BotSchema.bot.declaration(at: keys)
        guard keys.isEmpty || field != nil else {
            throw Self.unknown(subject, keys, bot: bot?.name, project)
        }
        self.bot = bot?.name
        self.path = path
        self.field = field
        nested = field.map { $0.type.nestedSchema?.fields ?? [] } ?? BotSchema.bot.fields
        entries =
            bot?.effective.entries.filter { entry in
                keys.isEmpty || entry.path == path || entry.path.hasPrefix(path + ".")
                    || path.hasPrefix(entry.path + ".") || path.hasPrefix(entry.path + "[")
            } ?? []
    }

    private static func unknown(
        _ subject: String, _ keys: [String], bot: String?, _ project: Project?
    ) -> ProjectError {
        let shown = keys.joined(separator: ".")
        if let bot {
            let meant = suggestion(for: keys).map { "did you mean '\(bot).\($0)'?" }
            return ProjectError(
                code: .unknownKey, description: "there is no key '\(shown)'",
                hint: meant ?? "'botctl explain' lists the keys")
        }
        let names = project?.bots.map(\.name) ?? []
        let rest = Array(keys.dropFirst())
        let otherBot = keys.first.flatMap { Spelling.closest(to: $0, among: names) }
            .map { ([$0] + rest).joined(separator: ".") }
        let isKeyOfBot = BotSchema.bot.declaration(at: rest) != nil
        let meant =
            (isKeyOfBot ? otherBot : nil) ?? suggestion(for: keys) ?? Spelling.closest(to: subject, among: names)
            ?? otherBot
        return ProjectError(
            code: .unknownKey, description: "'\(subject)' is no code, no bot of this project and no key",
            hint: meant.map { "did you mean '\($0)'?" }
                ?? "name a code (BOT012), a key (parameters.temperature) or a bot's key (NAME.parameters.temperature)")
    }

    /// The closest path for one that does not exist: the same key elsewhere, or a spelling mistake in the last key.
    private static func suggestion(for keys: [String]) -> String? {
        guard let last = keys.last else { return nil }
        if let elsewhere = BotSchema.paths(ofKey: last).first { return elsewhere }
        let parent = Array(keys.dropLast())
        let siblings =
            parent.isEmpty ? BotSchema.bot.fields : BotSchema.bot.declaration(at: parent)?.type.nestedSchema?.fields
        if let meant = Spelling.closest(to: last, among: (siblings ?? []).map(\.key)) {
            return (parent + [meant]).joined(separator: ".")
        }
        return Spelling.closest(to: last, among: BotSchema.allKeys).flatMap { BotSchema.paths(ofKey: $0).first }
    }
}

extension ObjectSchema {
    /// The declaration at a path of keys, also within lists (`smoke[0].prompt`, `smoke.prompt`) and free maps.
    fileprivate func declaration(at path: [String]) -> SchemaField? {
        guard let first = path.first, let field = field(String(first.prefix { $0 != "[" })) else { return nil }
        var rest = path.dropFirst()
        if case .map = field.type { rest = rest.dropFirst() }
        return rest.isEmpty ? field : field.type.nestedSchema?.declaration(at: Array(rest))
    }
}
