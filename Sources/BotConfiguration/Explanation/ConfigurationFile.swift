/// A kind of file whose keys a schema declares, by the name that people know.
package enum ConfigurationFile: String, Hashable, Sendable, CaseIterable {
    case bot = "bots.d"
    case project = "botctl.yaml"
    case facts = "catalog.d"

    /// The keys of such a file.
    var schema: ObjectSchema {
        switch self {
        case .bot: BotSchema.bot
        case .project: ProjectSchema.project
        case .facts: FactsSchema.model
        }
    }

    /// The declaration at a path of keys, also within lists (`smoke[0].prompt`, `smoke.prompt`) and free maps.
    func declaration(at path: [String]) -> SchemaField? { schema.declaration(at: path) }
}

extension Layer {
    /// The kind of file in which the layer's values stand; of a template and of the command line the one with the same
    /// keys.
    var file: ConfigurationFile {
        switch self {
        case .schemaDefault, .template, .bot, .commandLine: .bot
        case .environment, .environmentBot: .project
        case .facts: .facts
        }
    }
}

extension ObjectSchema {
    fileprivate func declaration(at path: [String]) -> SchemaField? {
        guard let first = path.first, let field = field(String(first.prefix { $0 != "[" })) else { return nil }
        var rest = path.dropFirst()
        if case .map = field.type { rest = rest.dropFirst() }
        return rest.isEmpty ? field : field.type.nestedSchema?.declaration(at: Array(rest))
    }
}
