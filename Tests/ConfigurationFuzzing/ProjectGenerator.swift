package import BotConfiguration
import ModelCatalog
import TestSupport

/// Makes up valid bots from the declaration of the schema, so that every key that it will ever have is among them.
package struct ProjectGenerator {
    /// A bot that uses any key, with the files that it names.
    package struct Bot: Sendable {
        package var members: [(key: String, value: WrittenValue)]
        /// Texts that stand in files of their own, by path relative to the project.
        package var prompts: [String: String]
    }

    private var generator: SeededGenerator
    private var prompts: [String: String] = [:]
    private var names = 0
    private let model: (id: String, region: String, profile: String)
    /// What the bots of the model produce.
    package let kind: BotKind
    /// The bot that a fallback names.
    private let otherBot: String

    /// A generator of bots beside another bot of that name.
    package init(seed: UInt64, otherBot: String) {
        var generator = SeededGenerator(seed: seed)
        // Most models chat: without a turn of their own the others would hardly be seen.
        kind = generator.once(in: 3) ? generator.pick([.image, .video]) : .chat
        model = generator.pick(Self.models[kind] ?? [])
        self.generator = generator
        self.otherBot = otherBot
    }

    /// Models with a region and a profile that reach them, by the kind of their bots.
    private static let models: [BotKind: [(id: String, region: String, profile: String)]] = {
        var found: [BotKind: [(id: String, region: String, profile: String)]] = [:]
        for facts in ModelCatalog.embedded.models {
            guard let kind = kind(of: facts) else { continue }
            for region in ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2"] {
                for profile in ["auto", "none"] {
                    guard let choice = ProfileChoice(profile),
                        (try? ModelCatalog.embedded.upstreamID(for: facts.id, profile: choice, in: region)) != nil
                    else { continue }
                    found[kind, default: []].append((facts.id, region, profile))
                }
            }
        }
        return found
    }()

    private static func kind(of facts: ModelFacts) -> BotKind? {
        switch facts.kind {
        case .text: .chat
        case .image, .imageEdit: .image
        case .video: .video
        case .embedding, .rerank, .speech: nil
        }
    }

    /// A bot.
    package mutating func bot() -> Bot {
        prompts = [:]
        let members = members(of: BotSchema.bot, path: [])
        return Bot(members: members, prompts: prompts)
    }

    /// The model of the bot, as the file of another one could name it.
    package var modelMembers: [(key: String, value: WrittenValue)] {
        let named: [(key: String, value: WrittenValue)] = [
            ("id", .text(model.id)), ("region", .text(model.region)), ("profile", .text(model.profile)),
        ]
        return kind == .video ? named + [("output", .text("s3://bucket/prefix"))] : named
    }
}

// MARK: - Objects

extension ProjectGenerator {
    private mutating func members(
        of schema: ObjectSchema, path: [String]
    ) -> [(key: String, value: WrittenValue)] {
        var values: [String: WrittenValue] = [:]
        for field in schema.fields where isWanted(field, in: schema, path) {
            values[field.key] = value(of: field, path)
        }
        for field in schema.fields {
            if let key = field.deprecation?.replacement, values[key] != nil { values[field.key] = nil }
        }
        satisfy(schema, path, &values)
        if schema.constraints.isEmpty, !path.contains("smoke") {
            for field in schema.fields where values[field.key] != nil && !field.isRequired && generator.once(in: 25) {
                values[field.key] = .plain(["null", "~"])
            }
        }
        return schema.fields.compactMap { field in values[field.key].map { (field.key, $0) } }
    }

    private mutating func isWanted(_ field: SchemaField, in schema: ObjectSchema, _ path: [String]) -> Bool {
        let name = (path + [field.key]).joined(separator: ".")
        // The name is the file's, the template the one beneath.
        if ["name", "template", "renamed_from"].contains(name) { return false }
        if name == "model.output" && kind == .video { return true }
        if field.isRequired || name.hasPrefix("model.") && ["id", "region", "profile"].contains(field.key) {
            return true
        }
        if field.deprecation != nil { return generator.once(in: 10) }
        return generator.once(in: path.count < 2 ? 2 : 3)
    }

    private mutating func value(of field: SchemaField, _ path: [String]) -> WrittenValue {
        let path = path + [field.key]
        switch path.joined(separator: ".") {
        case "kind": return .text(kind.rawValue)
        // Pictures and videos come from Bedrock only.
        case "model.provider" where kind != .chat: return .text(ModelReference.Provider.bedrock.rawValue)
        case "aliases": return .list((0..<2).map { _ in .text(uniqueName()) })
        case "model.id": return .text(model.id)
        case "model.region": return .text(model.region)
        case "model.profile": return .text(model.profile)
        case "model.failover_regions": return .list([.text(model.region)])
        case "fallback.to": return .text(otherBot)
        case "smoke.name": return .text(uniqueName())
        default: return value(of: field.type, path)
        }
    }

    private mutating func uniqueName() -> String {
        names += 1
        return "unique-\(names)"
    }

    /// Adds and takes away keys until the constraints hold.
    private mutating func satisfy(_ schema: ObjectSchema, _ path: [String], _ values: inout [String: WrittenValue]) {
        for constraint in schema.constraints {
            switch constraint {
            case .exactlyOne(let groups):
                let kept = generator.pick(groups)
                for key in groups.joined() where !kept.contains(key) { values[key] = nil }
                for key in kept { add(key, of: schema, path, &values) }
            case .exclusive(let groups):
                let kept = generator.pick(groups)
                for key in groups.joined() where !kept.contains(key) { values[key] = nil }
            case .together(let keys):
                if keys.contains(where: { values[$0] != nil }) {
                    for key in keys { add(key, of: schema, path, &values) }
                }
            case .required(let key, when: let other, is: let wanted):
                if let word = word(at: other, schema, values), wanted.contains(word) {
                    add(key, of: schema, path, &values)
                }
            case .only, .onlyBeside: break
            }
        }
        for constraint in schema.constraints {
            switch constraint {
            case .only(let keys, when: let other, is: let wanted):
                if let word = word(at: other, schema, values), !wanted.contains(word) {
                    for key in keys { values[key] = nil }
                }
            case .onlyBeside(let keys, let other): if values[other] == nil { for key in keys { values[key] = nil } }
            case .exactlyOne, .exclusive, .together, .required: break
            }
        }
    }

    private mutating func add(
        _ key: String, of schema: ObjectSchema, _ path: [String], _ values: inout [String: WrittenValue]
    ) {
        guard values[key] == nil, let field = schema.field(key) else { return }
        values[key] = value(of: field, path)
    }

    private func word(at key: String, _ schema: ObjectSchema, _ values: [String: WrittenValue]) -> String? {
        if case .text(let text)? = values[key] { return text }
        if case .text(let text)? = schema.field(key)?.defaultValue { return text }
        return nil
    }
}

// MARK: - Values

extension ProjectGenerator {
    private mutating func value(of type: ValueType, _ path: [String]) -> WrittenValue {
        switch type {
        case .text(let format): return .text(text(format))
        case .boolean: return .plain([generator.pick(["true", "false"])])
        case .integer(let range): return .plain([String(number(in: range))])
        case .decimal(let range): return .plain(decimal(in: range))
        // Amounts of money are written out.
        case .money(let range): return .plain(decimal(in: range).filter { !$0.contains("e") })
        case .duration(let range):
            let length = number(in: range)
            return .plain(["\(length)ms", DurationText.text(ofMilliseconds: length)])
        case .size(let range):
            let size = number(in: range)
            return .plain(["\(size)B", SizeText.text(ofBytes: size)])
        case .choice(let words, _): return .text(generator.pick(words))
        case .wordOr(let words, let other):
            return generator.once(in: 3) ? .text(generator.pick(words)) : value(of: other, path)
        case .scalar:
            return generator.once(in: 2) ? .text(anyText()) : .plain([generator.pick(["12", "-0.5", "true"])])
        case .secret: return secret()
        case .textOrFile: return textOrFile()
        case .file:
            let path = "prompts/\(prompts.count).txt"
            prompts[path] = "x" + anyText()
            return .text(path)
        case .list(let element, let limit):
            return .list(
                (0..<min(limit, Int.random(in: 1...3, using: &generator))).map { _ in value(of: element, path) })
        case .map(let element, let limit):
            return .map((0..<min(limit, 3)).map { ("key-\($0)", value(of: element, path)) })
        case .object(let schema): return .map(members(of: schema, path: path))
        case .json: return .map((0..<3).map { ("field_\($0)", json(depth: 2)) })
        }
    }

    private mutating func number(in range: ClosedRange<Int>) -> Int {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: range.lowerBound
        case 1: range.upperBound
        default: Int.random(in: range, using: &generator)
        }
    }

    private mutating func decimal(in range: ClosedRange<DecimalNumber>) -> [String] {
        let whole = Int(range.lowerBound.double.rounded(.up))...Int(range.upperBound.double)
        let number = Int.random(in: whole, using: &generator)
        if number == whole.upperBound || number < 0 { return ["\(number)", "\(number).0", "\(number)e0"] }
        return ["\(number).25", "\(number).250", "\(number)25e-2"]
    }

    private mutating func secret() -> WrittenValue {
        let references = [
            "${env:SOME_KEY}", "${env:KEY_{NAME}_{environment}}", "${file:/run/secrets/{name}}",
            "${secretsmanager:prod/bots#key}",
        ]
        let one = WrittenValue.text(generator.pick(references))
        return generator.once(in: 2) ? one : .list([one, .text("${env:LAST}")])
    }

    private mutating func textOrFile() -> WrittenValue {
        guard generator.once(in: 2) else { return .text(anyText()) }
        let path = "prompts/\(prompts.count).md"
        prompts[path] = anyText()
        return .map([("file", .text(path))])
    }

    private mutating func json(depth: Int) -> WrittenValue {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &generator) {
        case 0: .text(anyText())
        case 1: .plain([generator.pick(["0", "-1", "12.50", "1e3", "0.1"])])
        case 2: .plain(["true"])
        case 3: .plain(["null", "~"])
        case 4: .list((0..<2).map { _ in json(depth: depth - 1) })
        default: .map((0..<2).map { ("n\($0)", json(depth: depth - 1)) })
        }
    }

    private mutating func anyText() -> String {
        let pieces = [
            "yes", "null", "0x1F", "1e3", ": ", " # ", "a: b", "'", "\"", "\\", "漢字 😀", "é", "e\u{301}", " ", "\n",
            "\t", "-", "*a", "&b", "!c", "%d", "@", "`", "|", ">", "~", "---", "\u{7F}", "\u{1}", "\u{2028}",
            "\u{FEFF}",
            "{x}", "[y]", ",", "line\nbreak\n", "word",
        ]
        return (0..<Int.random(in: 1...4, using: &generator)).map { _ in generator.pick(pieces) }.joined()
    }

    private mutating func text(_ format: TextFormat) -> String {
        switch format {
        case .any(let limit):
            let text = anyText()
            return text.utf8.count <= limit ? text : "x"
        case .filled(let limit):
            let text = anyText()
            return (1...limit).contains(text.utf8.count) ? text : "x"
        case .botName, .identifier: return uniqueName()
        case .modelID, .inferenceProfile, .guardrailID: return "abc123def456"
        case .region: return generator.pick(["us-east-1", "eu-central-1"])
        case .url: return "https://example.com/path?x=\(number(in: 0...9))"
        case .stateStore: return ".botctl/state/elsewhere"
        case .bucketURL: return "s3://bucket/prefix"
        case .arn: return "arn:aws:iam::123456789012:role/bots"
        case .guardrailVersion: return generator.pick(["1", "DRAFT"])
        case .hostPattern: return generator.pick(["files.example.com", "*.example.com"])
        case .date: return "2027-03-31"
        case .parameterName: return uniqueName().replacing("-", with: "_")
        case .aspectRatio: return generator.pick(["1:1", "16:9"])
        case .pixelSize: return "1024x768"
        case .listenAddress: return "127.0.0.1:0"
        }
    }
}
