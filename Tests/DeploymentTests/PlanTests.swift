import BotConfiguration
import Deployment
import JSONCoding
import Testing

struct PlanTests {
    private let store = StateStore(InMemoryObjectStore())

    /// A bot whose values were all written in its file, at a column that tells the path's length.
    private func bot(
        _ name: String, _ json: String, smoke: String? = nil, isEnabled: Bool = true, aliases: [String] = [],
        renamedFrom: String? = nil
    ) throws -> DesiredBot {
        DesiredBot(
            name: name, kind: "chat", isEnabled: isEnabled, aliases: aliases, renamedFrom: renamedFrom,
            file: "bots.d/\(name).yaml", stored: try Samples.stored(json: json),
            storedSmoke: try smoke.map { try Samples.stored(json: $0) },
            origin: { path in "bots.d/\(name).yaml:\(min(path.count, 2))" })
    }

    private func deploy(_ bots: [DesiredBot]) async throws {
        let plan = try await plan(bots)
        let manifest = plan.manifest(stamp: Samples.stamp(), newLineage: "lineage")
        _ = try await store.promote(manifest, over: plan.base, blobs: plan.blobs)
    }

    private func plan(_ bots: [DesiredBot]) async throws -> Plan {
        try await Plan(
            environment: "local", desired: bots, base: try await store.currentManifest(),
            blob: { try await store.blob($0) })
    }

    /// The change of the one bot `nova`.
    private func change(from old: DesiredBot, to new: DesiredBot) async throws -> BotChange {
        try await deploy([old])
        let plan = try await plan([new])
        #expect(plan.bots.count == 1)
        return try #require(plan[new.name])
    }

    @Test func `a bot that is not deployed is added, with all that is set`() async throws {
        let plan = try await plan([
            bot(
                "nova", #"{"kind":"chat","model":{"upstream":{"us-east-1":"x"}}}"#,
                smoke: #"{"cases":[{"name":"pong","prompt":"hi"}],"schema":1}"#)
        ])
        let change = try #require(plan["nova"])
        #expect(change.action == .add)
        #expect(
            change.fields == [
                FieldChange(path: "kind", old: nil, new: "chat", origin: "bots.d/nova.yaml:1", isModelIdentity: true),
                FieldChange(
                    path: "model.upstream.us-east-1", old: nil, new: "x", origin: "bots.d/nova.yaml:2",
                    isModelIdentity: true),
                FieldChange(path: "smoke.pong.name", old: nil, new: "pong", origin: "bots.d/nova.yaml:2"),
                FieldChange(path: "smoke.pong.prompt", old: nil, new: "hi", origin: "bots.d/nova.yaml:2"),
            ])
        #expect(!change.changesModelIdentity)
        #expect(change.needsSmokeTest)
        #expect(plan.summary == "1 to add, 0 to change, 0 to remove")
        #expect(plan.blobs.count == 2)
    }

    @Test func `a bot that is deployed as it is wanted is unchanged`() async throws {
        let nova = try bot("nova", #"{"a":1}"#, smoke: #"{"cases":[]}"#, aliases: ["n"])
        try await deploy([nova])
        let plan = try await plan([nova])
        #expect(plan.isEmpty)
        #expect(plan.bots.map(\.action) == [.unchanged])
        #expect(plan.blobs.isEmpty)
        #expect(plan.changes.isEmpty)
    }

    @Test(arguments: [
        (#"{"a":"1"}"#, #"{"a":"2"}"#, [#"a "1" -> "2""#]),
        (#"{"a":"1"}"#, #"{}"#, [#"a "1" -> -"#]),
        (#"{}"#, #"{"a":"1"}"#, [#"a - -> "1""#]),
        (#"{"p":{"a":1,"b":2,"c":3}}"#, #"{"p":{"a":1,"b":4,"d":5}}"#, ["p.b 2 -> 4", "p.c 3 -> -", "p.d - -> 5"]),
        (#"{"p":{"a":1}}"#, #"{}"#, ["p.a 1 -> -"]),
        (#"{"p":{"a":1}}"#, #"{"p":[1]}"#, [#"p {"a":1} -> [1]"#]),
        (#"{"p":{}}"#, #"{}"#, ["p {} -> -"]),
        (#"{"s":["a"]}"#, #"{"s":["b","a"]}"#, [#"s ["a"] -> ["b","a"]"#]),
        (#"{"s":["a"]}"#, #"{"s":[]}"#, [#"s ["a"] -> []"#]),
        (#"{"l":[{"x":1},{"x":2}]}"#, #"{"l":[{"x":1},{"x":3},{"x":4}]}"#, ["l[1].x 2 -> 3", "l[2].x - -> 4"]),
        (
            #"{"l":[{"name":"a","x":1},{"name":"b","x":2}]}"#, #"{"l":[{"name":"b","x":3},{"name":"a","x":1}]}"#,
            ["l.b.x 2 -> 3", #"l ["a","b"] -> ["b","a"]"#]
        ),
        (#"{"labels":{"a.b":"x"}}"#, #"{"labels":{"a.b":"y"}}"#, [#"labels."a.b" "x" -> "y""#]),
        (#"{"additional":{"k":1.0}}"#, #"{"additional":{"k":1.00}}"#, ["additional.k 1.0 -> 1.00"]),
    ])
    func `a change is shown leaf by leaf`(old: String, new: String, expected: [String]) async throws {
        let change = try await change(from: bot("nova", old), to: bot("nova", new))
        #expect(change.action == .change)
        let shown = change.fields.map { "\($0.path) \($0.old?.text() ?? "-") -> \($0.new?.text() ?? "-")" }
        #expect(shown == expected)
        #expect(change.fields.allSatisfy { ($0.origin == nil) == ($0.new == nil) })
        #expect(!change.changesModelIdentity)
    }

    @Test(arguments: [
        (#"{"kind":"chat"}"#, #"{"kind":"image"}"#, true),
        (#"{"model":{"provider":"openai"}}"#, #"{"model":{}}"#, true),
        (#"{"model":{"upstream":{"us-east-1":"x"}}}"#, #"{"model":{"upstream":{"us-east-1":"y"}}}"#, true),
        (#"{"model":{"upstream":{"us-east-1":"x"}}}"#, #"{"model":{"upstream":{"us-west-2":"y"}}}"#, true),
        (#"{"model":{"upstream":{"us-east-1":"x"}}}"#, #"{"model":{"upstream":{"us-west-2":"x"}}}"#, false),
        (#"{"model":{"region":"a"}}"#, #"{"model":{"region":"b"}}"#, false),
    ])
    func `another model is a change of identity`(old: String, new: String, isIdentity: Bool) async throws {
        let change = try await change(from: bot("nova", old), to: bot("nova", new))
        #expect(change.changesModelIdentity == isIdentity)
    }

    @Test func `switching a bot off and on is not a change of its configuration`() async throws {
        let off = try await change(from: bot("nova", "{}"), to: bot("nova", "{}", isEnabled: false))
        #expect(off.action == .disable)
        #expect(off.fields.map(\.path) == ["enabled"])
        #expect(!off.needsSmokeTest)
        let on = try await change(
            from: bot("nova", "{}", isEnabled: false), to: bot("nova", "{}", aliases: ["n"]))
        #expect(on.action == .enable)
        #expect(on.fields.map(\.path) == ["enabled", "aliases"])
        #expect(on.needsSmokeTest)
    }

    @Test func `a bot that is switched off and changed is changed`() async throws {
        let change = try await change(
            from: bot("nova", #"{"a":1}"#), to: bot("nova", #"{"a":2}"#, isEnabled: false))
        #expect(change.action == .change)
        #expect(change.fields.map(\.path) == ["enabled", "a"])
    }

    @Test func `other names are a change`() async throws {
        let change = try await change(from: bot("nova", "{}"), to: bot("nova", "{}", aliases: ["n"]))
        #expect(change.action == .change)
        #expect(
            change.fields == [
                FieldChange(path: "aliases", old: [], new: ["n"], origin: "bots.d/nova.yaml:1")
            ])
    }

    @Test func `a file of a smoke case is told by its name, and whether it is another`() async throws {
        func smoke(_ base64: String) -> String {
            #"{"cases":[{"attachments":[{"base64":"\#(base64)","name":"a.png"}],"name":"pong","prompt":"a"}],"schema":1}"#
        }
        let change = try await change(
            from: bot("nova", "{}", smoke: smoke("eA==")), to: bot("nova", "{}", smoke: smoke("eQ==")))
        #expect(change.fields.map(\.path) == ["smoke.pong.attachments"])
        let texts = change.fields.flatMap { [$0.old, $0.new] }.compactMap { $0?.array?.first?.string }
        #expect(texts.count == 2 && texts[0] != texts[1])
        #expect(texts.allSatisfy { $0.hasPrefix("a.png (") && $0.count < 24 })
    }

    @Test func `smoke cases alone are a change of their own`() async throws {
        let change = try await change(
            from: bot("nova", "{}", smoke: #"{"cases":[{"name":"pong","prompt":"a"}],"schema":1}"#),
            to: bot("nova", "{}", smoke: #"{"cases":[{"name":"pong","prompt":"b"}],"schema":1}"#))
        #expect(change.action == .smokeOnly)
        #expect(change.fields.map(\.path) == ["smoke.pong.prompt"])
        #expect(change.needsSmokeTest)
    }

    @Test func `a bot that is no longer wanted is removed`() async throws {
        try await deploy([bot("nova", "{}"), bot("claude", "{}")])
        let plan = try await plan([bot("nova", "{}")])
        #expect(plan.bots.map(\.name) == ["claude", "nova"])
        #expect(plan.bots.map(\.action) == [.remove, .unchanged])
        #expect(plan["claude"]?.needsSmokeTest == false)
        #expect(plan.target.keys.sorted() == ["nova"])
        #expect(plan.refusals(under: PlanGuards()) == [.removalNeedsPrune(["claude"])])
        #expect(plan.refusals(under: PlanGuards(prune: true)).isEmpty)
    }

    @Test func `a renamed bot is neither removed nor added`() async throws {
        let change = try await change(
            from: bot("claude", #"{"a":1}"#), to: bot("claude-sonnet", #"{"a":2}"#, renamedFrom: "claude"))
        #expect(change.action == .rename)
        #expect(change.oldName == "claude")
        #expect(change.fields.map(\.path) == ["a"])
    }

    @Test func `a name that is still in use cannot be renamed away`() async throws {
        try await deploy([bot("claude", "{}")])
        let plan = try await plan([bot("claude", "{}"), bot("sonnet", "{}", renamedFrom: "claude")])
        #expect(plan.bots.map(\.action) == [.unchanged, .add])
    }

    @Test func `of two bots renamed from one the second is added`() async throws {
        try await deploy([bot("claude", "{}")])
        let plan = try await plan([bot("b", "{}", renamedFrom: "claude"), bot("a", "{}", renamedFrom: "claude")])
        #expect(plan.bots.map(\.action) == [.rename, .add])
        #expect(plan.summary == "1 to add, 1 to change, 0 to remove")
    }

    @Test func `a deployed configuration that is lost does not stop the plan`() async throws {
        try await deploy([bot("nova", #"{"a":1}"#)])
        let plan = try await Plan(
            environment: "local", desired: [bot("nova", #"{"a":2}"#)], base: try await store.currentManifest(),
            blob: { _ in throw StateStoreError(.missingBlob, "gone") })
        #expect(plan["nova"]?.action == .change)
        #expect(plan["nova"]?.unreadable == "gone")
        let error = await #expect(throws: StateStoreError.self) {
            try await Plan(
                environment: "local", desired: [bot("nova", #"{"a":2}"#)], base: try await store.currentManifest(),
                blob: { _ in throw StateStoreError(.unavailable, "down") })
        }
        #expect(error?.code == .unavailable)
    }

    @Test func `a plan cannot be applied over another manifest`() async throws {
        try await deploy([bot("nova", #"{"a":1}"#)])
        let plan = try await plan([bot("nova", #"{"a":2}"#)])
        #expect(!plan.isStale(against: try await store.currentManifest()))
        try await deploy([bot("nova", #"{"a":3}"#)])
        #expect(plan.isStale(against: try await store.currentManifest()))
        let manifest = plan.manifest(stamp: Samples.stamp(), newLineage: "")
        #expect(
            try await code { _ = try await store.promote(manifest, over: plan.base, blobs: plan.blobs) } == .conflict)
    }

    @Test(arguments: [
        ("0", 1, false), ("1", 1, true), ("2", 3, false), ("25%", 1, true), ("24%", 1, false), ("50%", 2, true),
        ("49%", 2, false), ("100%", 4, true),
    ])
    func `a larger blast radius than allowed is refused`(limit: String, changes: Int, isAllowed: Bool) async throws {
        let names = ["a", "b", "c", "d"]
        try await deploy(names.map { try bot($0, "{}") })
        let plan = try await plan(names.enumerated().map { try bot($1, $0 < changes ? #"{"x":1}"# : "{}") })
        let parsed = try #require(ChangeLimit(limit) as ChangeLimit?)
        #expect(plan.refusals(under: PlanGuards(maxChanges: parsed)).isEmpty == isAllowed)
        #expect(parsed.description == limit)
    }

    @Test(arguments: ["", "%", "-1", "+1", "101%", "1.5", "five", "5 %", "99999999999999999999"])
    func `what is no limit is refused`(text: String) {
        #expect(ChangeLimit(text) == nil)
    }

    @Test func `the plan as JSON names what changes and counts the rest`() async throws {
        try await deploy([bot("claude", #"{"a":1}"#), bot("nova", "{}"), bot("old", "{}")])
        let plan = try await plan([
            bot("claude", #"{"a":"2"}"#), bot("nova", "{}"), bot("llama", #"{"b":true}"#),
        ])
        let base = try #require(plan.base)
        let digests = (
            old: base.manifest.bots["claude"]?.digest.text ?? "", new: plan.target["claude"]?.digest.text ?? "",
            llama: plan.target["llama"]?.digest.text ?? "", empty: base.manifest.bots["old"]?.digest.text ?? ""
        )
        let expected: JSONValue = [
            "format_version": 1, "environment": "local",
            "base": ["lineage": "lineage", "serial": 1, "digest": .string(base.digest.text)],
            "summary": ["add": 1, "change": 1, "remove": 1, "unchanged": 1],
            "bots": [
                [
                    "name": "claude", "action": "change", "file": "bots.d/claude.yaml",
                    "old_digest": .string(digests.old), "new_digest": .string(digests.new),
                    "changes_model_identity": false,
                    "fields": [["path": "a", "old": 1, "new": "2", "origin": "bots.d/claude.yaml:1"]],
                ],
                [
                    "name": "llama", "action": "add", "file": "bots.d/llama.yaml", "old_digest": .null,
                    "new_digest": .string(digests.llama), "changes_model_identity": false,
                    "fields": [["path": "b", "new": true, "origin": "bots.d/llama.yaml:1"]],
                ],
                [
                    "name": "old", "action": "remove", "file": .null, "old_digest": .string(digests.empty),
                    "new_digest": .null, "changes_model_identity": false, "fields": [],
                ],
            ],
        ]
        #expect(plan.json.text(.indented) == expected.text(.indented))
        #expect(plan.summary == "1 to add, 1 to change, 1 to remove")
    }
}

/// Changes against what an older botctl deployed.
struct OlderSchemaPlanTests {
    private func change(from old: String, to new: String) async throws -> BotChange {
        let store = StateStore(InMemoryObjectStore())
        try await store.deploy(["nova": Samples.stored(json: old)])
        let plan = try await Plan(
            environment: "local",
            desired: [DesiredBot(name: "nova", kind: "chat", stored: try Samples.stored(json: new))],
            base: try await store.currentManifest(), blob: { try await store.blob($0) })
        return try #require(plan["nova"])
    }

    @Test func `a bot whose form has only an older schema differs in nothing else`() async throws {
        let change = try await change(from: #"{"kind":"chat","schema":1}"#, to: #"{"kind":"chat","schema":2}"#)
        #expect(change.action == .change)
        #expect(change.isSchemaOnly)
        #expect(change.fields == [FieldChange(path: "schema", old: 1, new: 2)])
    }

    @Test func `a key that was without effect comes to life`() async throws {
        let change = try await change(
            from: #"{"guardrail":{"id":"gr"},"retry":{"max_attempts":5},"schema":1}"#,
            to: #"{"guardrail":{"id":"gr","mode":"async"},"schema":2}"#)
        #expect(!change.isSchemaOnly)
        #expect(
            change.fields == [
                FieldChange(path: "guardrail.id", old: nil, new: "gr", comesToLife: true),
                FieldChange(path: "guardrail.mode", old: nil, new: "async"),
                FieldChange(path: "schema", old: 1, new: 2),
            ])
    }
}
