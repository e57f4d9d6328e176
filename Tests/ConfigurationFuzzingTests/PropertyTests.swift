import BotConfiguration
import ConfigurationFuzzing
import Diagnostics
import ModelCatalog
import TestSupport
import Testing

/// What holds for every valid project; a failing seed makes the same project again.
@Suite(.timeLimit(.minutes(2)))
struct PropertyTests {
    private static let seeds = UInt64(1)...100

    /// The files of a project with the bots `any` and `other`, written in some style; the keys named lie in the
    /// template.
    private func files(
        _ seed: UInt64, style: UInt64, inTemplate: Set<String> = []
    ) -> (files: InMemoryFiles, bot: ProjectGenerator.Bot) {
        var generator = ProjectGenerator(seed: seed, otherBot: "other")
        let bot = generator.bot()
        var printer = YAMLPrinter(seed: style)
        let own = bot.members.filter { !inTemplate.contains($0.key) }
        let beneath = bot.members.filter { inTemplate.contains($0.key) }
        var files = [
            "bots.d/any.yaml": printer.file(own),
            "bots.d/other.yaml": printer.file([("model", .map(generator.modelMembers))]),
        ]
        if !beneath.isEmpty {
            files["templates/DEFAULT_\(generator.kind.rawValue.uppercased())_CONFIG.yaml"] = printer.file(beneath)
        }
        files.merge(bot.prompts) { $1 }
        let bytes = files.map { ("\(FuzzInput.root)/\($0.key)", Array($0.value.utf8)) }
        return (InMemoryFiles(files: Dictionary(uniqueKeysWithValues: bytes)), bot)
    }

    private func kind(_ seed: UInt64) -> BotKind { ProjectGenerator(seed: seed, otherBot: "other").kind }

    private func project(_ files: InMemoryFiles) throws -> Project {
        try ProjectSources.read(ProjectLocation(root: FuzzInput.root), files: files).project(catalog: .embedded)
    }

    private func text(_ files: InMemoryFiles) -> Comment {
        let shown = files.files.sorted { $0.key < $1.key }
            .map { "--- \($0.key)\n\(String(decoding: $0.value, as: UTF8.self))" }
        return Comment(rawValue: shown.joined(separator: "\n"))
    }

    @Test(arguments: seeds)
    func `what is valid boots with nothing dropped`(seed: UInt64) throws {
        let (files, written) = files(seed, style: seed)
        let project = try project(files)
        let errors = project.diagnostics.filter { $0.severity == .error }
        #expect(errors.map { "\($0.location?.description ?? "") \($0.message)" } == [], text(files))
        let bot = project.bot(named: "any")
        let made = try #require(bot, text(files))
        #expect(missing(written.members, in: made.effective.root, BotSchema.bot) == [], text(files))
        #expect(ConfigurationInvariants.violations(of: files) == [], text(files))
    }

    @Test(arguments: seeds)
    func `the digest does not depend on how values are written`(seed: UInt64) throws {
        let digests = try (0..<3).map { style in
            try project(files(seed, style: seed &* 31 &+ style).files).bot(named: "any")?.stored.digest
        }
        #expect(digests[0] != nil)
        #expect(Set(digests).count == 1, text(files(seed, style: seed).files))
    }

    @Test(arguments: seeds)
    func `the digest does not depend on the file that says a value`(seed: UInt64) throws {
        let (plain, bot) = files(seed, style: seed)
        // The template follows from the kind, and that from the bot's own file.
        let own: Set<String> = kind(seed) == .chat ? [] : ["kind", "model"]
        let keys = bot.members.map(\.key).filter { BotSchema.template.field($0) != nil && !own.contains($0) }
        var generator = SeededGenerator(seed: seed)
        let moved = Set(keys.filter { _ in Bool.random(using: &generator) })
        let (split, _) = files(seed, style: seed, inTemplate: moved)
        let digests = try [plain, split].map { try project($0).bot(named: "any")?.stored.digest }
        #expect(digests[0] != nil)
        #expect(digests[0] == digests[1], text(split))
    }

    @Test func `every key of the schema is among what is tried`() {
        var tried: Set<String> = []
        for seed in UInt64(1)...1000 {
            var generator = ProjectGenerator(seed: seed, otherBot: "other")
            collect(generator.bot().members, BotSchema.bot, [], into: &tried)
        }
        var keys: Set<String> = []
        collect(BotSchema.bot, [], into: &keys)
        let known: Set<String> = ["name", "template", "renamed_from"]
        #expect(keys.subtracting(tried).subtracting(known).sorted() == [])
    }

    /// The keys that were written and that the merged layers lack.
    private func missing(
        _ members: [(key: String, value: WrittenValue)], in object: ConfigObject, _ schema: ObjectSchema
    ) -> [String] {
        members.flatMap { key, value -> [String] in
            let kept = schema.field(key)?.deprecation?.replacement ?? key
            guard let node = object.fields[kept], node.origin.layer == .bot else { return [key] }
            guard case .map(let nested) = value, case .object(let type)? = schema.field(key)?.type,
                case .object(let inner) = node.value
            else { return [] }
            return missing(nested, in: inner, type).map { "\(key).\($0)" }
        }
    }

    private func collect(
        _ members: [(key: String, value: WrittenValue)], _ schema: ObjectSchema, _ path: [String],
        into keys: inout Set<String>
    ) {
        for (key, value) in members {
            keys.insert((path + [key]).joined(separator: "."))
            guard let nested = schema.field(key)?.type.nestedSchema else { continue }
            var values = [value]
            while let next = values.popLast() {
                switch next {
                case .list(let items): values += items
                case .map(let inner) where inner.allSatisfy({ nested.field($0.key) != nil }):
                    collect(inner, nested, path + [key], into: &keys)
                case .map(let inner): values += inner.map(\.value)
                case .text, .plain: break
                }
            }
        }
    }

    private func collect(_ schema: ObjectSchema, _ path: [String], into keys: inout Set<String>) {
        for field in schema.fields {
            keys.insert((path + [field.key]).joined(separator: "."))
            if let nested = field.type.nestedSchema { collect(nested, path + [field.key], into: &keys) }
        }
    }
}
