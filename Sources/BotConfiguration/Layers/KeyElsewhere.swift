import Suggestions

/// A place in the same file where a key is valid that is not valid where it stands.
struct KeyElsewhere {
    /// The key as it is written there.
    let key: String
    let field: SchemaField
    /// How many letters of what was written are different.
    let distance: Int
    /// Whether no other place is as near.
    private(set) var isOnlyOne = true
    /// The keys that lead to it, itself the last.
    var path: [String] { parent + sections + [key] }
    /// The map, above the wrong place or the same, from which ``sections`` lead to the key.
    private let parent: [String]
    private let sections: [String]
    /// A key of that map which a person has surely seen: a required one, or the way to the wrong place.
    private let sibling: String

    /// The place that is nearest to what was written; nil when none is near.
    ///
    /// Of places at one distance the one that is nearest to the wrong place counts. A key that is misspelt as well is
    /// known by one letter of five at most: there are many keys.
    ///
    /// - Parameters:
    ///   - word: The key as it was written.
    ///   - schema: The keys that are valid where it stands.
    ///   - path: The keys that lead there.
    ///   - layer: What the file is.
    init?(of word: String, notIn schema: ObjectSchema, at path: [String], of layer: Layer) {
        let bound = word.utf8.count < 5 ? 0 : word.utf8.count / 5
        var best: KeyElsewhere?
        for level in Self.levels(to: schema, at: path, of: layer) {
            for place in level.schema.places where place.field.deprecation == nil {
                if place.sections.isEmpty, level.schema === schema { continue }
                guard let match = Spelling.match(for: word, among: CollectionOfOne(place.field.key)),
                    match.distance <= bound, match.distance <= best?.distance ?? Int.max
                else { continue }
                let found = KeyElsewhere(place, in: level, match.distance, path)
                if best?.distance != match.distance {
                    best = found
                } else if best?.path != found.path {
                    best?.isOnlyOne = false
                }
            }
        }
        guard let best else { return nil }
        self = best
    }

    private init(_ place: ObjectSchema.Place, in level: Level, _ distance: Int, _ path: [String]) {
        key = place.field.key
        field = place.field
        self.distance = distance
        parent = Array(path.prefix(level.depth))
        sections = place.sections
        let wayHere = path.dropFirst(level.depth).first.map { String($0.prefix { $0 != "[" }) }
        let required = level.schema.fields.first(where: \.isRequired)?.key
        sibling = (level.depth == 0 ? required ?? wayHere : wayHere) ?? ""
    }

    /// What to do with what was written.
    func help(for word: String) -> String {
        let place: String
        if !sections.isEmpty {
            place = "under " + sections.reversed().map { "'\($0):'" }.joined(separator: " in ")
        } else {
            place = (parent.isEmpty ? "at the start of the line, " : "") + "beside '\(sibling)'"
        }
        return word == key ? "write it \(place)" : "did you mean '\(key)', \(place)?"
    }
}

// MARK: - Where to look

extension KeyElsewhere {
    /// A map that holds the wrong place, or is it.
    private struct Level {
        let schema: ObjectSchema
        /// How many keys lead to it.
        let depth: Int
    }

    /// The maps from the wrong place up to the bot, or to the whole file.
    private static func levels(to schema: ObjectSchema, at path: [String], of layer: Layer) -> [Level] {
        var levels = [Level(schema: schema, depth: path.count)]
        guard !path.isEmpty else { return levels }
        var outer: [Level] = []
        var current: ObjectSchema? = layer.rootSchema(at: path)
        var depth = 0
        while let holder = current, depth < path.count {
            // What a bot is made of is not looked for around it.
            if holder === BotSchema.overrides { outer.removeAll() }
            outer.append(Level(schema: holder, depth: depth))
            let field = holder.field(String(path[depth].prefix { $0 != "[" }))
            if case .map? = field?.type { depth += 1 }
            depth += 1
            current = field?.type.nestedSchema
        }
        if schema === BotSchema.overrides { outer.removeAll() }
        levels += outer.reversed()
        return levels
    }
}

extension Layer {
    /// The keys at the start of a path in a file of this layer.
    fileprivate func rootSchema(at path: [String]) -> ObjectSchema {
        switch self {
        case .template: BotSchema.template
        case .environment: ProjectSchema.project
        case .facts: path.first?.hasPrefix("models[") == true ? FactsSchema.file : FactsSchema.model
        case .environmentBot, .commandLine: BotSchema.overrides
        case .schemaDefault, .bot: BotSchema.bot
        }
    }
}
