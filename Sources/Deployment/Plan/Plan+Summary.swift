import BotConfiguration
package import JSONCoding

extension Plan {
    /// How many bots a deploy would touch, and how.
    package struct Counts: Hashable, Sendable {
        package var add = 0
        /// Changed in any way, renamed and switched on or off too.
        package var change = 0
        package var remove = 0
        package var unchanged = 0
    }

    package var counts: Counts {
        var counts = Counts()
        for bot in bots {
            switch bot.action {
            case .add: counts.add += 1
            case .remove: counts.remove += 1
            case .rename, .change, .enable, .disable, .smokeOnly: counts.change += 1
            case .unchanged: counts.unchanged += 1
            }
        }
        return counts
    }

    /// The counts in words: "2 to add, 1 to change, 0 to remove".
    package var summary: String {
        let counts = counts
        return "\(counts.add) to add, \(counts.change) to change, \(counts.remove) to remove"
    }

    /// The plan as JSON, for programs that judge it; bots that stay as they are are counted, not listed.
    package var json: JSONValue {
        let counts = counts
        return [
            "format_version": 1,
            "environment": .string(environment),
            "base": base.map { base in
                [
                    "lineage": .string(base.manifest.lineage), "serial": .integer(base.serial),
                    "digest": .string(base.digest.text),
                ]
            } ?? .null,
            "summary": [
                "add": .integer(counts.add), "change": .integer(counts.change), "remove": .integer(counts.remove),
                "unchanged": .integer(counts.unchanged),
            ],
            "bots": .array(changes.map(\.json)),
        ]
    }
}

extension BotChange {
    /// The change as JSON.
    package var json: JSONValue {
        var object: JSONObject = ["name": .string(name), "action": .string(action.rawValue)]
        if let oldName { object.append("renamed_from", .string(oldName)) }
        object.append("file", JSONValue(file))
        object.append("old_digest", JSONValue(old?.digest.text))
        object.append("new_digest", JSONValue(new?.digest.text))
        object.append("changes_model_identity", .bool(changesModelIdentity))
        object.append("fields", .array(fields.map(\.json)))
        if let unreadable { object.append("unreadable", .string(unreadable)) }
        return .object(object)
    }
}

extension FieldChange {
    /// The change as JSON; a side that is absent holds the schema default.
    package var json: JSONValue {
        var object: JSONObject = ["path": .string(path)]
        if let old { object.append("old", old) }
        if let new { object.append("new", new) }
        object.append("origin", JSONValue(origin))
        if isModelIdentity { object.append("model_identity", true) }
        if let adjustment { object.append("adjustment", .string(adjustment)) }
        if comesToLife { object.append("comes_to_life", true) }
        return .object(object)
    }
}
