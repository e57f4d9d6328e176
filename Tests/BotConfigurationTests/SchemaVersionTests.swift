import BotConfiguration
import Foundation
import JSONCoding
import ModelCatalog
import TestSupport
import Testing

/// The version of the stored form, and what becomes of forms of the versions before.
struct SchemaVersionTests {
    private static let folder = Golden.folder() + "/schema"

    /// A key of the stored form with all that decides what a form without it, or with it, means.
    private struct Key: Hashable {
        let path: String
        let hasEffect: Bool
        let defaultValue: String
        let words: Set<String>

        /// The key of a line of a golden file.
        init(line: Substring) throws {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(columns.count == 4)
            (path, hasEffect, defaultValue) = (columns[0], columns[1] == "now", columns[2])
            words = columns[3] == "-" ? [] : Set(columns[3].split(separator: " ").map(String.init))
        }
    }

    /// The keys that are stored, a line for each: path, whether it has an effect, default, words.
    private static func lines(of schema: ObjectSchema, at path: String = "") -> [String] {
        schema.fields.filter { $0.storage != .never || $0.key == "smoke" }.flatMap { field in
            let key = path + field.key
            var words: [String] = []
            switch field.type {
            case .choice(let choices, _), .wordOr(let choices, _): words = choices
            default: break
            }
            let line = [
                key, field.availability == .now ? "now" : "later", field.defaultValue?.text ?? "-",
                words.isEmpty ? "-" : words.joined(separator: " "),
            ]
            let nested = field.repeatsKeys ? nil : field.type.nestedSchema
            return [line.joined(separator: "\t")] + (nested.map { lines(of: $0, at: key + ".") } ?? [])
        }
    }

    private static func keys(ofVersion version: Int) throws -> [String: Key] {
        let text = try String(contentsOfFile: "\(folder)/\(version).txt", encoding: .utf8)
        let keys = try text.split(separator: "\n").map(Key.init)
        return Dictionary(uniqueKeysWithValues: keys.map { ($0.path, $0) })
    }

    @Test func `what has an effect and what holds by default changes only with the version`() {
        let path = "\(Self.folder)/\(BotSchema.version).txt"
        let text = Self.lines(of: BotSchema.bot).map { $0 + "\n" }.joined()
        if let recorded = try? String(contentsOfFile: path, encoding: .utf8), recorded != text {
            // Never recorded over: bots are deployed that were read by what stands there.
            Issue.record(
                """
                Stored forms of schema \(BotSchema.version) would mean something else. Raise BotSchema.version, say in \
                OlderSchema.all what the readers of \(BotSchema.version) did, and record the new version's file. Only \
                where no release has this version yet: remove its file, and record it again.
                \(text.split(separator: "\n").filter { !recorded.contains($0 + "\n") }.joined(separator: "\n"))
                """)
            return
        }
        #expect(Golden.difference(of: text, from: path) == nil)
    }

    @Test(arguments: 1..<BotSchema.version)
    func `all that a version did otherwise than the next is known`(version: Int) throws {
        let (old, new) = (try Self.keys(ofVersion: version), try Self.keys(ofVersion: version + 1))
        let known = OlderSchema.all[version - 1]
        let awoken = old.values.filter { !$0.hasEffect && new[$0.path]?.hasEffect == true }.map(\.path)
        #expect(Set(awoken) == Set(known.keysWithoutEffect.map { $0.joined(separator: ".") }))
        let others = old.values.filter { new[$0.path]?.defaultValue != $0.defaultValue }.map(\.path)
        #expect(Set(others) == Set(known.formerDefaults.map { $0.path.joined(separator: ".") }))
        let newWords = old.values.compactMap { key in
            new[key.path].map { (key.path, $0.words.subtracting(key.words)) }
        }.filter { !$0.1.isEmpty }
        #expect(
            Dictionary(uniqueKeysWithValues: newWords)
                == Dictionary(
                    uniqueKeysWithValues: known.unknownWords.map { ($0.path.joined(separator: "."), Set($0.words)) }))
    }

    @Test func `there is an entry for every version before this one`() {
        #expect(OlderSchema.all.count == BotSchema.version - 1)
    }

    private func form(_ version: Int, _ members: String) -> [UInt8] {
        Array(
            """
            {"kind":"chat","model":{"region":"us-east-1","upstream":{"us-east-1":"amazon.nova-micro-v1:0"}},\
            "schema":\(version)\(members)}
            """.utf8)
    }

    @Test func `a form of schema 1 is read as it was then`() throws {
        let members = """
            ,"cache":"auto","cost":{"input_usd_per_million":"7"},"guardrail":{"id":"gr","version":"1"},\
            "history":{"trim":"oldest"},"parameters":{"max_tokens":9,"reasoning":"high"},"retry":{"max_attempts":9}
            """
        let then = try BotConfig(stored: form(1, members), name: "x", catalog: .embedded)
        let bare = try BotConfig(stored: form(1, ""), name: "x", catalog: .embedded)
        #expect(then.parameters.maxTokens == 9)
        #expect(then.parameters.reasoning == nil)
        #expect(then.guardrail == nil)
        #expect(then.cache == bare.cache)
        #expect(then.cost == bare.cost)
        #expect(then.historyTrim == bare.historyTrim)
        #expect(then.maxAttempts == bare.maxAttempts)
        let now = try BotConfig(stored: form(2, members), name: "x", catalog: .embedded)
        #expect(now.guardrail != nil)
        #expect(now.cache != bare.cache)
        #expect(now.cost != bare.cost)
        #expect(now.historyTrim != bare.historyTrim)
        #expect(now.maxAttempts == 9)
        // It keeps the name under which it is deployed.
        #expect(then.digest == ContentDigest(of: form(1, members)))
    }

    @Test func `a word that schema 1 did not have is refused in a form of schema 1`() throws {
        let stored = #"""
            {"kind":"image","model":{"region":"us-east-1","upstream":{"us-east-1":"stability.x"}},"schema":1}
            """#
        let error = #expect(throws: StoredFormError.self) {
            try BotConfig(stored: Array(stored.utf8), name: "x", catalog: .embedded)
        }
        #expect(error?.code == .invalid)
        #expect(error?.description == "'kind' is 'image', which schema 1 did not have: deploy the bot again")
    }

    @Test func `a default that has changed is the one of a form's time`() throws {
        let versions = [
            OlderSchema(formerDefaults: [(["limits", "max_concurrent"], 16)]),
            OlderSchema(
                keysWithoutEffect: [["limits", "fresh"]],
                formerDefaults: [(["limits", "max_concurrent"], 32), (["cache"], "none")]),
        ]
        func text(_ form: JSONObject) -> String {
            JSONValue.object(OlderSchema.understood(form, by: versions)).text()
        }
        #expect(text([:]) == #"{"cache":"none","limits":{"max_concurrent":16}}"#)
        #expect(
            text(["cache": "auto", "limits": ["fresh": 1, "max_concurrent": 8]])
                == #"{"cache":"auto","limits":{"max_concurrent":8}}"#)
    }
}
