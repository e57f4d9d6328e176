import Diagnostics
import Secrets
import Suggestions
import YAMLSource

extension LayerDecoder {
    mutating func decodeText(_ node: YAMLNode, _ format: TextFormat, _ path: [String]) -> ConfigNode? {
        guard case .string(let value) = node.resolved else {
            return reportWrongType(node, expected: format.description, path)
        }
        guard format.accepts(value) else {
            if let limit = format.limitInBytes, value.utf8.count > limit {
                report(.outOfRange, "'\(path.joined(separator: "."))' is longer than \(limit) bytes", at: node)
            } else {
                report(
                    .invalidFormat,
                    "'\(path.joined(separator: "."))' must be \(format.description), "
                        + "found '\(value.prefix(60))'",
                    at: node, help: ValueHint.help(for: value, as: format))
            }
            return nil
        }
        if let feature = format.laterFeature(askedForBy: value) {
            // Who uses it is refused it; commands in other environments have no need of it.
            add { [text] in
                Diagnostic(
                    .notAvailableYet, "'\(path.joined(separator: "."))': \(feature) is not available yet",
                    at: text.location(of: node.headRange), severity: .warning,
                    help: ["name \(format.description)"])
            }
        }
        if value.utf8.first == UInt8(ascii: "$"), reportReference(in: node, value, format, path) { return nil }
        return made(.text(value), node)
    }

    /// Reports a reference in a text that nothing resolves; whether it leaves nothing to go on with.
    private mutating func reportReference(
        in node: YAMLNode, _ value: String, _ format: TextFormat, _ path: [String]
    ) -> Bool {
        guard (try? SecretReference(parsing: value)) != nil else { return false }
        // A text for people or for the model may look like that; an id never does.
        let isFreeText = format.limitInBytes != nil
        add { [text] in
            Diagnostic(
                .invalidReference,
                "'\(path.joined(separator: "."))' holds a reference, and only those to secrets are resolved",
                at: text.location(of: node.headRange), severity: isFreeText ? .warning : .error,
                help: ["write the value itself; what differs between environments goes into botctl.yaml"])
        }
        return !isFreeText
    }

    mutating func decodeBoolean(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        if case .bool(let value) = node.resolved { return made(.boolean(value), node) }
        if let meant = node.booleanInYAML11 {
            report(
                .yaml11Boolean, "'\(node.scalar)' is a text, not true or false", at: node,
                help: ["write \(meant) for '\(path.joined(separator: "."))'"], fix: .replacing(node, with: meant))
            return nil
        }
        return reportWrongType(node, expected: "true or false", as: .boolean, path)
    }

    mutating func decodeInteger(
        _ node: YAMLNode, _ range: ClosedRange<Int>, _ path: [String]
    ) -> ConfigNode? {
        var expected: String { ValueType.integer(range).description }
        guard case .integer(let source) = node.resolved else {
            return reportWrongType(node, expected: expected, as: .integer(range), path)
        }
        guard let value = node.resolved.integerValue, range.contains(value) else {
            return reportOutOfRange(node, source, expected: expected, path)
        }
        return made(.integer(value), node)
    }

    mutating func decodeDecimal(
        _ node: YAMLNode, _ range: ClosedRange<DecimalNumber>, _ path: [String]
    ) -> ConfigNode? {
        var expected: String { ValueType.decimal(range).description }
        let source: String
        switch node.resolved {
        case .integer(let text), .float(let text): source = text
        default: return reportWrongType(node, expected: expected, as: .decimal(range), path)
        }
        guard let value = DecimalNumber(source) else {
            report(
                .invalidFormat,
                "'\(path.joined(separator: "."))' must be \(expected) with at most \(DecimalNumber.digitLimit) digits, "
                    + "found '\(source.prefix(60))'",
                at: node,
                help: ["write a number such as 0.7"])
            return nil
        }
        guard range.contains(value) else {
            return reportOutOfRange(
                node, source, expected: expected, path, help: ValueHint.help(forOutOfRange: source, in: range))
        }
        return made(.decimal(value), node)
    }

    mutating func decodeDuration(
        _ node: YAMLNode, _ range: ClosedRange<Int>, _ path: [String]
    ) -> ConfigNode? {
        var expected: String { ValueType.duration(range).description }
        if case .integer(let source) = node.resolved {
            report(
                .invalidFormat, "'\(path.joined(separator: "."))' needs a unit, found \(source)", at: node,
                help: ["write \(source)s for seconds; units are ms, s, m and h"])
            return nil
        }
        guard case .string(let source) = node.resolved else {
            return reportWrongType(node, expected: expected, path)
        }
        guard let value = DurationText.milliseconds(of: source) else {
            report(
                .invalidFormat,
                "'\(path.joined(separator: "."))' must be a length of time such as 30s or 5m, "
                    + "found '\(source.prefix(60))'",
                at: node, help: ValueHint.help(forDuration: source))
            return nil
        }
        guard range.contains(value) else { return reportOutOfRange(node, source, expected: expected, path) }
        return made(.milliseconds(value), node)
    }

    mutating func decodeMoney(
        _ node: YAMLNode, _ range: ClosedRange<DecimalNumber>, _ path: [String]
    ) -> ConfigNode? {
        var expected: String { ValueType.money(range).description }
        let source: String
        switch node.resolved {
        case .integer(let text), .float(let text), .string(let text): source = text
        case .null, .bool: return reportWrongType(node, expected: expected, path)
        }
        guard let value = MoneyText.amount(of: source) else {
            if let number = DecimalNumber(source), !range.contains(number) {
                return reportOutOfRange(node, source, expected: expected, path)
            }
            report(
                .invalidFormat,
                "'\(path.joined(separator: "."))' must be an amount of US dollars, found '\(source.prefix(60))'",
                at: node, help: ["write a plain decimal number such as 0.25, or $0.25"])
            return nil
        }
        guard range.contains(value) else { return reportOutOfRange(node, source, expected: expected, path) }
        return made(.decimal(value), node)
    }

    mutating func decodeSize(_ node: YAMLNode, _ range: ClosedRange<Int>, _ path: [String]) -> ConfigNode? {
        var expected: String { ValueType.size(range).description }
        if case .integer(let source) = node.resolved {
            report(
                .invalidFormat, "'\(path.joined(separator: "."))' needs a unit, found \(source)", at: node,
                help: ["units are B, kB, KiB, MB, MiB, GB and GiB: write \(source)B for bytes"])
            return nil
        }
        guard case .string(let source) = node.resolved else {
            return reportWrongType(node, expected: expected, path)
        }
        guard let value = SizeText.bytes(of: source) else {
            report(
                .invalidFormat,
                "'\(path.joined(separator: "."))' must be a size such as 512KiB or 10MB, found '\(source.prefix(60))'",
                at: node, help: ["units are B, kB, KiB, MB, MiB, GB and GiB"])
            return nil
        }
        guard range.contains(value) else { return reportOutOfRange(node, source, expected: expected, path) }
        return made(.bytes(value), node)
    }

    mutating func decodeWord(
        _ node: YAMLNode, _ words: [String], or other: ValueType, _ path: [String]
    ) -> ConfigNode? {
        node.kind == .scalar ? decodeChoice(node, words, [], path) : decode(node, as: other, path: path, key: nil)
    }

    mutating func decodeChoice(
        _ node: YAMLNode, _ words: [String], _ later: [String], _ path: [String]
    ) -> ConfigNode? {
        if words.contains(node.scalar) { return made(.text(node.scalar), node) }
        let name = path.joined(separator: ".")
        if later.contains(node.scalar) {
            report(
                .notAvailableYet, "'\(name): \(node.scalar)' is not available yet", at: node,
                help: ["available now: \(words.joined(separator: ", "))"])
            return nil
        }
        var help = ["valid here: \(words.joined(separator: ", "))"]
        if let meant = Spelling.closest(to: node.scalar, among: words) { help = ["did you mean '\(meant)'?"] }
        report(
            .unknownChoice, "'\(node.scalar.prefix(60))' is no value of '\(name)'", at: node, help: help,
            fix: .replacing(node, withOneOf: words))
        return nil
    }
}
