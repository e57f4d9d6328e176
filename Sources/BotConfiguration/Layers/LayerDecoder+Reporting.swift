import Diagnostics
import YAMLSource
import Suggestions

extension LayerDecoder {
    /// Adds a diagnostic at a node; its repair is made only when it is kept.
    mutating func report(
        _ code: DiagnosticCode, _ message: String, at node: YAMLNode, help: [String] = [],
        fix: @autoclosure () -> Fix? = nil
    ) {
        add { [text] in Diagnostic(code, message, at: text.location(of: node.headRange), help: help, fix: fix()) }
    }

    /// Reports a key that is not valid in its place, with the one that was probably meant.
    mutating func reportUnknownKey(
        _ key: YAMLNode, value: YAMLNode, in mapping: YAMLNode, schema: ObjectSchema, path: [String]
    ) {
        hideSecrets(under: key.scalar, value)
        if omitsFurtherProblem() { return }
        let place = path.isEmpty ? "" : " in '\(path.joined(separator: "."))'"
        let keys = schema.fields.filter { $0.deprecation == nil }.map(\.key)
        let here = Spelling.match(for: key.scalar, among: keys)
        let elsewhere = KeyElsewhere(of: key.scalar, notIn: schema, at: path, of: layer)
        var meant: (field: SchemaField, path: [String])?
        var isCertain = false
        let help: String
        if let number = ValueHint.numberCutAtItsComma(by: key, value, in: mapping) {
            reject(path + [number.key])
            help = "a comma separates keys here: write '\(number.key): \(number.text)', with a point"
        } else if let familiar = familiarHelp(for: key.scalar, schema, path) {
            FamiliarKey.path(for: key.scalar).map { reject($0.split(separator: ".").map(String.init)) }
            help = familiar
        } else if let last = key.scalar.split(separator: ".").last, last.count < key.scalar.count,
            schema.field(at: key.scalar.split(separator: ".").map(String.init)) != nil
        {
            reject(path + [key.scalar])
            help = "write '\(last):' below '\(key.scalar.dropLast(last.count + 1)):'; a key holds no dots"
        } else if isPlaceOfBots(schema, path), BotSchema.bot.field(key.scalar) != nil {
            help = "write it in the bot's own file in bots.d"
        } else if let elsewhere, elsewhere.distance < here?.distance ?? Int.max {
            meant = (elsewhere.field, elsewhere.path)
            isCertain = elsewhere.isOnlyOne
            help = elsewhere.help(for: key.scalar)
        } else if let here, let field = schema.field(here.candidate) {
            let isSetAsWell = mapping.entry(forKey: here.candidate) != nil
            meant = (field, path + [here.candidate])
            isCertain = !isSetAsWell && Spelling.certain(for: key.scalar, among: keys) == here.candidate
            help = isSetAsWell ? "remove it: '\(here.candidate)' is set as well" : "did you mean '\(here.candidate)'?"
        } else if layer == .environment, let section = BotSchema.paths(ofKey: key.scalar).first {
            let sections = section.split(separator: ".").dropLast().reversed().map { "'\($0):'" }
            help = "write it under \(sections.joined(separator: " in ")) in the bot's own file in bots.d"
        } else {
            help = "valid here: \(keys.joined(separator: ", "))"
        }
        if let meant {
            if case .secret = meant.field.type { secretRanges.append(value.range) }
            reject(meant.path)
        }
        report(
            .unknownKey, "unknown key '\(key.scalar)'\(place)", at: key, help: [help],
            fix: .renaming(key, toOneOf: keys, in: path) { name in
                meant.map { $0.path == path + [name] } ?? true && schema.field(name)?.type.canStand(as: value) == true
            })
        if let meant, isCertain, meant.field.type.canStand(as: value) {
            // Decoded only to say in the same run what is wrong with it.
            _ = decode(value, as: meant.field.type, path: meant.path, key: key)
        }
    }

    /// What another tool's key is called here; nil where bots have no keys, or for a key that no other tool knows.
    private func familiarHelp(for key: String, _ schema: ObjectSchema, _ path: [String]) -> String? {
        guard layer != .facts else { return nil }
        guard let place = path.first else {
            return schema.field("model") == nil && FamiliarKey.path(for: key) != nil ? nil : FamiliarKey.help(for: key)
        }
        guard case .object? = BotSchema.bot.field(place)?.type else { return nil }
        return FamiliarKey.help(for: key)
    }

    /// Whether keys of bots may stand in a place, or are often thought to.
    private func isPlaceOfBots(_ schema: ObjectSchema, _ path: [String]) -> Bool {
        layer != .facts && (path.isEmpty || schema === BotSchema.overrides)
    }

    /// Keeps what may be a secret under an unknown key, or deeper, out of every excerpt.
    private mutating func hideSecrets(under key: String, _ value: YAMLNode) {
        let mayBeSecret = key.lowercased().hasSuffix("key") || SecretName.mayBe(key)
        switch value.kind {
        case .scalar: if mayBeSecret, case .string = value.resolved { secretRanges.append(value.range) }
        case .sequence: for item in value.items { hideSecrets(under: key, item) }
        case .mapping: for (key, value) in value.entries { hideSecrets(under: key.scalar, value) }
        }
    }

    /// Reports a key that should no longer be written.
    mutating func reportDeprecated(_ key: YAMLNode, _ deprecation: SchemaField.Deprecation, _ path: [String]) {
        report(
            .deprecatedKey, "'\(path.joined(separator: "."))' is deprecated: \(deprecation.reason)", at: key,
            help: [deprecation.replacement.map { "write '\($0)' instead" } ?? "remove it"],
            fix: deprecation.replacement.flatMap { Fix.renaming(key, to: $0) })
    }

    /// Reports a key that this version keeps without doing anything with it.
    mutating func reportNoEffect(_ key: YAMLNode, _ path: [String]) {
        report(
            .noEffectYet, "'\(path.joined(separator: "."))' has no effect in this version yet", at: key,
            help: ["leave it for the version that brings it, or remove it"])
    }

    mutating func reportWrongType(
        _ node: YAMLNode, expected: String, as type: ValueType? = nil, _ path: [String], help: [String] = []
    ) -> ConfigNode? {
        let found: String
        let field = layer.file.declaration(at: path)
        let example = field?.examples.first ?? field?.defaultValue?.text
        var help = help + (type.map { ValueHint.help(for: node, as: $0, example: example) } ?? [])
        switch node.kind {
        case .mapping: found = "a map of keys"
        case .sequence: found = "a list"
        case .scalar:
            switch node.resolved {
            case .null: found = "null"
            case .bool: found = "'\(node.scalar)', which is true or false"
            case .integer, .float: found = "the number \(node.scalar)"
            case .string where secretRanges.last == node.range: found = "a text"
            case .string(let value): found = "the text '\(value.prefix(60))'"
            }
            if case .string = node.resolved {
            } else if expected.hasPrefix("a text") || expected.hasPrefix("a name") {
                help.append("put it in quotes: \"\(node.scalar)\"")
            }
        }
        report(
            .wrongType, "'\(path.joined(separator: "."))' must be \(expected), found \(found)", at: node, help: help)
        return nil
    }

    mutating func reportOutOfRange(
        _ node: YAMLNode, _ found: String, expected: String, _ path: [String], help: [String] = []
    ) -> ConfigNode? {
        report(
            .outOfRange, "'\(path.joined(separator: "."))' must be \(expected), found \(found.prefix(60))", at: node,
            help: help)
        return nil
    }
}
