/// One key of the configuration: what it means, and where a person asks about a bot, what it is there and why.
package struct KeyExplanation: Sendable {
    /// The bot whose values are shown; nil where only the key was asked about.
    package let bot: String?
    /// The kind of file that the key belongs to.
    package let file: ConfigurationFile
    /// The dotted path of the key; empty for the whole file.
    package let path: String
    /// The declaration of the key; nil for the whole file.
    package let field: SchemaField?
    /// The keys within it; empty for a key that holds a single value.
    package let nested: [SchemaField]
    /// How the paths of the keys within it start: `model.`, `smoke[].`, `environments.NAME.`; empty for a whole file.
    package var nestedPrefix: String { field.map { path + $0.type.nestedMark + "." } ?? "" }
    /// The bot's values at the path and below, each with its origin and what it hides.
    package let entries: [EffectiveConfig.Entry]

    /// Explains `NAME.path`, `NAME`, `path`, or the name of a kind of file: `bots.d`, `botctl.yaml`, `catalog.d`.
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
        let file = bot == nil ? ConfigurationFile(rawValue: subject) : nil
        let path =
            bot.map { String(subject.dropFirst($0.name.count).drop { $0 == "." }) } ?? (file == nil ? subject : "")
        let keys = path.split(separator: ".").map(String.init)
        let files = bot == nil ? ConfigurationFile.allCases : [.bot]
        let declared = files.lazy.compactMap { file in file.declaration(at: keys).map { (file: file, field: $0) } }
            .first
        guard keys.isEmpty || declared != nil else {
            throw UnknownKey(subject: subject, keys: keys, bot: bot?.name, names: project?.bots.map(\.name)).error
        }
        self.bot = bot?.name
        self.path = path
        self.file = file ?? declared?.file ?? .bot
        field = declared?.field
        nested = declared.map { $0.field.type.nestedSchema?.fields ?? [] } ?? self.file.schema.fields
        entries =
            bot?.effective.entries.filter { entry in
                keys.isEmpty || entry.path == path || entry.path.hasPrefix(path + ".")
                    || path.hasPrefix(entry.path + ".") || path.hasPrefix(entry.path + "[")
            } ?? []
    }
}

extension ValueType {
    /// What stands between the path of a key and the keys of the maps that it holds.
    fileprivate var nestedMark: String {
        switch self {
        case .list: "[]"
        case .map: ".NAME"
        case .wordOr(_, let type): type.nestedMark
        default: ""
        }
    }
}
