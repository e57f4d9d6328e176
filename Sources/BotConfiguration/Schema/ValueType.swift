import YAMLSource

/// The type of a key's value, with its bounds.
package enum ValueType: Sendable {
    case text(TextFormat)
    case boolean
    case integer(ClosedRange<Int>)
    case decimal(ClosedRange<DecimalNumber>)
    /// An amount of US dollars, exact.
    case money(ClosedRange<DecimalNumber>)
    /// A length of time, bounds in milliseconds.
    case duration(ClosedRange<Int>)
    /// An amount of data, bounds in bytes.
    case size(ClosedRange<Int>)
    /// One of some words; those that are not available yet are told so.
    case choice([String], later: [String] = [])
    /// One of some words, or a value of another type.
    indirect case wordOr([String], ValueType)
    /// A text, a number, true or false, passed on as it is.
    case scalar
    /// A reference to a secret, or a list of them.
    case secret
    /// A text, or `{file: PATH}` for the text of a file inside the project.
    case textOrFile
    /// The path of a file inside the project, up to a number of bytes; what counts is what it holds.
    case file(limitInBytes: Int)
    indirect case list(ValueType, limit: Int)
    /// Free keys with values of one type.
    indirect case map(ValueType, limit: Int)
    case object(ObjectSchema)
    /// A map without a schema; passed on as it is.
    case json

    /// Whether a value is one scalar, never a list or a map.
    var isScalar: Bool {
        switch self {
        case .text, .boolean, .integer, .decimal, .money, .duration, .size, .choice, .scalar, .file: true
        case .wordOr, .secret, .textOrFile, .list, .map, .object, .json: false
        }
    }

    /// The same type with schemas of its own; see ``ObjectSchema/copy()``.
    func copy() -> ValueType {
        switch self {
        case .wordOr(let words, let other): .wordOr(words, other.copy())
        case .list(let element, let limit): .list(element.copy(), limit: limit)
        case .map(let element, let limit): .map(element.copy(), limit: limit)
        case .object(let schema): .object(schema.copy())
        case .text, .boolean, .integer, .decimal, .money, .duration, .size, .choice, .scalar, .secret, .textOrFile,
            .file, .json:
            self
        }
    }

    /// What a person calls such a value, with its bounds.
    package var description: String {
        switch self {
        case .text(let format): format.description
        case .boolean: "true or false"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range): "a number from \(range.lowerBound.text) to \(range.upperBound.text)"
        case .money(let range): "US dollars from \(range.lowerBound.text) to \(range.upperBound.text), such as 0.25"
        case .duration(let range):
            "a length of time from \(DurationText.text(ofMilliseconds: range.lowerBound)) to "
                + DurationText.text(ofMilliseconds: range.upperBound)
        case .size(let range):
            "a size from \(SizeText.text(ofBytes: range.lowerBound)) to \(SizeText.text(ofBytes: range.upperBound))"
        case .choice(let words, _): words.count == 1 ? "'\(words[0])'" : "one of \(words.joined(separator: ", "))"
        case .wordOr(let words, let type): "\(words.joined(separator: ", ")), or \(type.description)"
        case .scalar: "a text, a number, true or false"
        case .secret: "a secret reference such as ${env:NAME}, or a list of them"
        case .textOrFile: "a text, or {file: PATH}"
        case .file(let limit): "the path of a file inside the project, of at most \(SizeText.text(ofBytes: limit))"
        case .list(let element, _): "a list, each \(element.description)"
        case .map(let element, _): "keys of your own, each \(element.description)"
        case .object(let schema):
            (schema.shorthand.flatMap(schema.field).map { "\($0.type.description), or " } ?? "") + "a map of keys"
        case .json: "a map of keys"
        }
    }

    /// The same, of a map that a text may be short for only the text.
    var shortDescription: String {
        guard case .object(let schema) = self, let field = schema.shorthand.flatMap(schema.field) else {
            return description
        }
        return field.type.description
    }

    /// The keys of a map, or of the maps in a list; nil for other types.
    package var nestedSchema: ObjectSchema? {
        switch self {
        case .object(let schema): schema
        case .list(let element, _), .map(let element, _), .wordOr(_, let element): element.nestedSchema
        default: nil
        }
    }
}

extension ValueType {
    /// Whether a value of this type can be written as a node of that kind, whatever the node holds.
    func canStand(as node: YAMLNode) -> Bool {
        if node.kind == .scalar, node.resolved == .null { return true }
        return switch self {
        case .text, .boolean, .integer, .decimal, .money, .duration, .size, .choice, .scalar, .file:
            node.kind == .scalar
        case .wordOr(_, let type): node.kind == .scalar || type.canStand(as: node)
        case .secret: node.kind != .mapping
        case .textOrFile: node.kind != .sequence
        case .list: node.kind == .sequence
        case .map, .json: node.kind == .mapping
        case .object(let schema): node.kind == .mapping || schema.shorthand != nil && node.kind == .scalar
        }
    }
}
