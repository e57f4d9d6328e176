/// What must hold between the keys of one map, beyond the type of each.
///
/// Constraints are judged on the merged layers, because one layer may set one key and another the other.
package enum SchemaConstraint: Sendable, Hashable {
    /// The key must be set where another key has one of some values.
    case required(String, when: String, is: [String])
    /// The keys mean something only where another key has one of some values.
    case only([String], when: String, is: [String])
    /// The keys mean something only where another key is set.
    case onlyBeside([String], String)
    /// Keys of at most one of these groups may be set.
    case exclusive([[String]])
    /// Keys of exactly one of these groups must be set.
    case exactlyOne([[String]])
    /// Either all of the keys are set or none.
    case together([String])

    /// The constraint as a sentence without a full stop.
    package var description: String {
        switch self {
        case .required(let key, when: let other, is: let values):
            "'\(key)' is required when '\(other)' is \(Self.alternatives(values))"
        case .only(let keys, when: let other, is: let values):
            "\(Self.names(keys)) only \(keys.count == 1 ? "goes" : "go") with "
                + "'\(other): \(values.joined(separator: "' or '"))'"
        case .onlyBeside(let keys, let other):
            "\(Self.names(keys)) only \(keys.count == 1 ? "goes" : "go") with '\(other)'"
        case .exclusive(let groups): "only one of \(Self.groups(groups)) can be set"
        case .exactlyOne(let groups): "exactly one of \(Self.groups(groups)) must be set"
        case .together(let keys): "\(Self.names(keys)) go together"
        }
    }

    private static func names(_ keys: [String]) -> String {
        keys.map { "'\($0)'" }.joined(separator: ", ")
    }

    private static func groups(_ groups: [[String]]) -> String {
        groups.map { $0.map { "'\($0)'" }.joined(separator: " with ") }.joined(separator: ", ")
    }

    private static func alternatives(_ values: [String]) -> String {
        values.map { "'\($0)'" }.joined(separator: " or ")
    }
}
