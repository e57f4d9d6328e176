import Suggestions

/// Something that a person asked about and that does not exist.
struct UnknownKey {
    let subject: String
    /// The keys of the path, without the bot's name where that is known.
    let keys: [String]
    /// The bot whose key was asked for.
    let bot: String?
    /// The names of the project's bots; nil where there is no project.
    let names: [String]?

    /// The error, with the closest that does exist.
    var error: ProjectError {
        if let bot {
            return ProjectError(
                code: .unknownKey, description: "a bot has no key '\(keys.joined(separator: "."))'",
                hint: closestPath.map { "did you mean '\(bot).\($0)'?" }
                    ?? "'botctl explain bots.d' lists the keys of a bot")
        }
        let what =
            names == nil
            ? "'\(subject)' is no code, no key and no failure, and there is no project here whose bot it could name"
            : "'\(subject)' is no code, no key, no failure and no bot of this project"
        return ProjectError(
            code: .unknownKey, description: what,
            hint: meant.map { "did you mean '\($0)'?" }
                ?? "name a code (BOT012), a key (parameters.temperature), a failure (overloaded) or a bot's key "
                + "(NAME.parameters.temperature)")
    }

    /// The closest bot or path.
    private var meant: String? {
        let names = names ?? []
        let rest = Array(keys.dropFirst())
        let otherBot = keys.first.flatMap { Spelling.closest(to: $0, among: names) }
            .map { ([$0] + rest).joined(separator: ".") }
        // A key that exists tells that only the name is wrong.
        let isKeyOfBot = ConfigurationFile.bot.declaration(at: rest) != nil
        return (isKeyOfBot ? otherBot : nil) ?? closestPath ?? Spelling.closest(to: subject, among: names) ?? otherBot
    }

    /// The closest path: the same key elsewhere, a spelling mistake in the last key, or in a key of another place.
    var closestPath: String? {
        guard let last = keys.last else { return nil }
        if let elsewhere = BotSchema.paths(ofKey: last).first { return elsewhere }
        let parent = Array(keys.dropLast())
        if let siblings = ConfigurationFile.bot.declaration(at: parent)?.type.nestedSchema,
            let meant = Spelling.closest(to: last, among: siblings.fields.map(\.key))
        {
            return (parent + [meant]).joined(separator: ".")
        }
        return Spelling.closest(to: last, among: BotSchema.allKeys).flatMap { BotSchema.paths(ofKey: $0).first }
    }
}
