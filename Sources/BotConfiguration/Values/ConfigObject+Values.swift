package import JSONCoding

/// What a map says at a key, without schema defaults; nil where it says nothing, or something of another kind.
extension ConfigObject {
    /// The node that holds a value at a key, or at one within it; nil also for an explicit `null`.
    package func setNode(_ key: String, _ nested: String? = nil) -> ConfigNode? {
        node(key, nested).flatMap { $0.value.isReset ? nil : $0 }
    }

    /// The text at a key, or at one within it.
    package func text(_ key: String, _ nested: String? = nil) -> String? {
        if case .text(let text)? = node(key, nested)?.value { text } else { nil }
    }

    /// The members of the object at a key; none where there is no object.
    package func object(_ key: String) -> ConfigObject {
        if case .object(let object)? = fields[key]?.value { object } else { ConfigObject() }
    }

    /// The whole number at a key.
    package func integer(_ key: String) -> Int? {
        if case .integer(let number)? = fields[key]?.value { number } else { nil }
    }

    /// The exact number at a key.
    package func decimal(_ key: String) -> DecimalNumber? {
        if case .decimal(let number)? = fields[key]?.value { number } else { nil }
    }

    /// The value without a schema at a key.
    package func json(_ key: String) -> JSONValue? {
        if case .json(let json)? = fields[key]?.value { json } else { nil }
    }

    /// The entries of the list at a key; none where there is no list.
    package func list(_ key: String) -> [ConfigNode] {
        if case .list(let nodes)? = fields[key]?.value { nodes } else { [] }
    }
}
