import BotConfiguration

/// What a bot's own file sets, value by value, against what lies beneath it.
struct BotOverrides: Sendable {
    /// Which values of a file are wanted.
    enum Kind {
        /// Those that the template says too, so that the bot would be the same without them.
        case dead
        /// All others.
        case living
    }

    /// One value of the file.
    struct Value: Sendable {
        let path: [String]
        let node: ConfigNode
        /// What the template sets at the same path; nil when it sets nothing.
        let beneath: ConfigNode?

        /// The path as people write it.
        var dottedPath: String { path.joined(separator: ".") }
    }

    let bot: MergedBot
    private(set) var values: [Value] = []

    private let kind: Kind
    /// The dotted paths of which nobody can say what the file or the template gives, because it is wrong there.
    private let unknownPaths: Set<String>
    /// All that leads to these.
    private let pathsToUnknown: Set<String>

    /// The values of a bot's file.
    ///
    /// - Parameters:
    ///   - kind: Which of them are wanted.
    ///   - bot: The bot.
    ///   - sources: The files of its project.
    ///   - schema: The keys that a template shares with a bot.
    init(
        _ kind: Kind, of bot: MergedBot, in sources: ProjectSources, schema: ObjectSchema = BotSchema.template
    ) {
        self.kind = kind
        self.bot = bot
        let templates = sources.templates
        let template = bot.template.flatMap { templates[$0] }
        unknownPaths = bot.file.rejectedPaths.union(template?.rejectedPaths ?? [])
        pathsToUnknown = Set(
            unknownPaths.flatMap { path in
                path.indices.filter { path[$0] == "." || path[$0] == "[" }.map { String(path[..<$0]) }
            })
        if let layer = bot.file.layer { collect(layer, over: template?.layer, schema: schema, path: []) }
    }

    private mutating func collect(
        _ own: ConfigObject, over beneath: ConfigObject?, schema: ObjectSchema, path: [String]
    ) {
        for (key, node) in own.fields {
            let weaker = beneath?.fields[key]
            // What nothing lies beneath is not dead, nor is anything in it.
            if weaker == nil, kind == .dead { continue }
            guard let field = schema.field(key) else { continue }
            let weakerObject: ConfigObject? = if case .object(let object)? = weaker?.value { object } else { nil }
            switch (field.type, node.value) {
            case (.object(let nested), .object(let object)):
                collect(object, over: weakerObject, schema: nested, path: path + [key])
            case (.map, .object(let object)):
                for (name, entry) in object.fields {
                    add(entry, over: weakerObject?.fields[name], default: nil, path: path + [key, name])
                }
            default: add(node, over: weaker, default: field.defaultValue, path: path + [key])
            }
        }
    }

    private mutating func add(
        _ node: ConfigNode, over beneath: ConfigNode?, default defaultValue: ConfigValue?,
        path: @autoclosure () -> [String]
    ) {
        func effective(_ node: ConfigNode?) -> ConfigValue? {
            guard let node, !node.value.isReset else { return defaultValue }
            return node.value
        }
        // A value that only the schema default says too is a decision: it holds when the default changes. And without
        // a value on either side nothing is said twice: what must be there is missing.
        let own = effective(node)
        let isDead =
            beneath != nil && own != nil && (unknownPaths.isEmpty || isKnown(path())) && own.means(effective(beneath))
        if isDead == (kind == .dead) { values.append(Value(path: path(), node: node, beneath: beneath)) }
    }

    /// Whether nothing at the path, above it or in it is unknown.
    private func isKnown(_ path: [String]) -> Bool {
        !pathsToUnknown.contains(path.joined(separator: "."))
            && path.indices.allSatisfy { !unknownPaths.contains(path[...$0].joined(separator: ".")) }
    }
}
