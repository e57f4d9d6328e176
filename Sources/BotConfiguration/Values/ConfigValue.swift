package import JSONCoding
package import Secrets

/// A typed value of the configuration, as one layer or all of them together say it.
package enum ConfigValue: Hashable, Sendable {
    case text(String)
    case boolean(Bool)
    case integer(Int)
    case decimal(DecimalNumber)
    /// A length of time in milliseconds.
    case milliseconds(Int)
    /// An amount of data in bytes.
    case bytes(Int)
    /// Where a secret is found, tried in order.
    case secret([SecretReference])
    /// A file of the project; kept apart, as few values are one and all would be as large.
    indirect case file(ConfigFile)
    case list([ConfigNode])
    case object(ConfigObject)
    /// A value without a schema, passed on as it is.
    case json(JSONValue)
    /// An explicit `null`: back to the schema default.
    case reset

    /// Whether this is an explicit `null`.
    package var isReset: Bool { if case .reset = self { true } else { false } }
}

/// A value with its origin and the weaker layers' values that it hides.
package struct ConfigNode: Hashable, Sendable {
    package var value: ConfigValue
    package var origin: Origin
    /// What weaker layers say, strongest first.
    package var hidden: [ConfigNode]

    package init(_ value: ConfigValue, origin: Origin, hidden: [ConfigNode] = []) {
        self.value = value
        self.origin = origin
        self.hidden = hidden
    }
}

/// The members of an object or map of the configuration.
package struct ConfigObject: Hashable, Sendable {
    package var fields: ConfigFields

    package init(_ fields: ConfigFields = ConfigFields()) { self.fields = fields }

    /// The node at a path of keys, through objects only; nil when there is none.
    package func node(at path: some Collection<String>) -> ConfigNode? {
        var object = self
        var found: ConfigNode?
        for key in path {
            if let node = found {
                guard case .object(let nested) = node.value else { return nil }
                object = nested
            }
            guard let node = object.fields[key] else { return nil }
            found = node
        }
        return found
    }

    /// The node of a key, or of one within it; the same as ``node(at:)`` without an array of keys.
    package func node(_ key: String, _ nested: String? = nil) -> ConfigNode? {
        guard let nested else { return fields[key] }
        guard case .object(let object)? = fields[key]?.value else { return nil }
        return object.fields[nested]
    }
}

extension ConfigObject {
    /// These members with a stronger layer laid over them.
    ///
    /// Maps merge deeply, scalars and lists replace, and an explicit `null` returns to the schema default. What is
    /// replaced stays visible as hidden.
    package func overlaid(by stronger: ConfigObject) -> ConfigObject {
        ConfigObject(fields.merging(stronger.fields) { $0.overlaid(by: $1) })
    }
}

extension ConfigNode {
    fileprivate func overlaid(by stronger: ConfigNode) -> ConfigNode {
        if case .object(let own) = value, case .object(let other) = stronger.value {
            return ConfigNode(.object(own.overlaid(by: other)), origin: stronger.origin, hidden: hidden)
        }
        if case .json(let own) = value, case .json(let other) = stronger.value {
            return ConfigNode(
                .json(own.overlaid(by: other)), origin: stronger.origin, hidden: [withoutHidden] + hidden)
        }
        return ConfigNode(stronger.value, origin: stronger.origin, hidden: [withoutHidden] + hidden)
    }

    private var withoutHidden: ConfigNode { ConfigNode(value, origin: origin) }
}

extension JSONValue {
    /// This value with another laid over it: objects merge deeply, everything else replaces.
    fileprivate func overlaid(by stronger: JSONValue) -> JSONValue {
        guard case .object(var merged) = self, case .object(let other) = stronger else { return stronger }
        for member in other { merged[member.name] = merged[member.name]?.overlaid(by: member.value) ?? member.value }
        return .object(merged)
    }
}
