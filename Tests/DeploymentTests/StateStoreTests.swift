import BotConfiguration
import Deployment
import JSONCoding
import Testing
import WallClock

struct StateStoreTests {
    private let memory = InMemoryObjectStore(location: "memory")
    private var store: StateStore { StateStore(memory) }

    @Test func `an empty store has no manifest and no history`() async throws {
        #expect(try await store.currentManifest() == nil)
        #expect(try await store.history(limit: 10).isEmpty)
        #expect(try await store.liveReplicas(at: Samples.time).isEmpty)
        #expect(try await store.outcome(of: 1) == nil)
    }

    @Test func `a missing manifest beside history is an error and never a new lineage`() async throws {
        for text in ["one", "two", "three"] { try await store.deploy(["nova": Samples.stored(text)]) }
        try await memory.delete(.manifest)
        let error = await #expect(throws: StateStoreError.self) { try await store.currentManifest() }
        #expect(error?.code == .lineageLost)
        #expect(error?.message.contains("serial 2") == true)
        #expect(try await code { try await store.deploy(["nova": Samples.stored("four")]) } == .lineageLost)
    }

    @Test(arguments: ["", "{", "[]", "{\"format\": 1}", "\u{FEFF}{}"])
    func `a manifest that cannot be read is an error that says where`(text: String) async throws {
        try await memory.put(Array(text.utf8), to: .manifest)
        let error = await #expect(throws: StateStoreError.self) { try await store.currentManifest() }
        #expect(error?.code == .corrupt)
        #expect(error?.message.hasPrefix("manifest in memory: ") == true)
    }

    @Test func `an altered history is an error`() async throws {
        try await store.deploy(["nova": Samples.stored("one")])
        try await store.deploy(["nova": Samples.stored("two")])
        let other = Manifest(succeeding: nil, newLineage: "other", stamp: Samples.stamp(), bots: [:])
        try await memory.put(other.encoded, to: #require(ObjectKey("history/1")))
        #expect(try await code { _ = try await store.history(limit: 10) } == .corrupt)
        #expect(try await store.history(limit: 1).map(\.serial) == [2])
    }

    @Test func `a history that was cut off ends where it was cut`() async throws {
        for text in ["one", "two", "three"] { try await store.deploy(["nova": Samples.stored(text)]) }
        try await memory.delete(#require(ObjectKey("history/1")))
        #expect(try await store.history(limit: 10).map(\.serial) == [3, 2])
    }

    @Test func `a missing blob is an error`() async throws {
        #expect(try await code { _ = try await store.blob(ContentDigest(of: [])) } == .missingBlob)
    }

    @Test(arguments: [
        DeploymentOutcome.Result.verified, .unserved, .inconclusive, .notConverged, .rolledBack, .failed, .interrupted,
        DeploymentOutcome.Result(rawValue: "word_of_a_newer_botctl"),
    ])
    func `an outcome is read back`(result: DeploymentOutcome.Result) async throws {
        let outcome = DeploymentOutcome(
            serial: 7, result: result, reason: "because", rolledBackTo: result == .rolledBack ? 8 : nil,
            at: Samples.time, smoke: ["passed": 3])
        try await store.putOutcome(outcome)
        #expect(try await store.outcome(of: 7) == outcome)
        #expect(try await store.outcome(of: 8) == nil)
    }

    @Test func `only replicas that reported lately are live`() async throws {
        func report(_ id: String, secondsAgo: Int64) -> ReplicaReport {
            ReplicaReport(
                id: id, serial: 1, digest: ContentDigest(of: []), failed: ["nova": "no key"],
                refused: ReplicaReport.Refusal(
                    serial: 2, digest: ContentDigest(of: [1]), reason: "1 bot cannot be built",
                    failed: ["claude": "schema 2"]),
                poeErrors: ["nova": ReplicaReport.PoeErrors(count: 2, last: "no done", lastAt: Samples.time)],
                tool: "botctl 0.1.0",
                at: Timestamp(millisecondsSinceEpoch: Samples.time.millisecondsSinceEpoch - secondsAgo * 1000))
        }
        let reports = [report("b", secondsAgo: 29), report("a", secondsAgo: 0), report("ahead", secondsAgo: -60)]
        for report in reports + [report("gone", secondsAgo: 30)] { try await store.putReplica(report) }
        try await memory.put(Array("no report".utf8), to: #require(ObjectKey("replicas/stray")))
        try await memory.put([UInt8](repeating: 0x20, count: 5 << 20), to: #require(ObjectKey("replicas/large")))
        #expect(try await store.liveReplicas(at: Samples.time) == [reports[1], reports[2], reports[0]])
        try await store.removeReplica("a")
        #expect(try await store.liveReplicas(at: Samples.time).map(\.id) == ["ahead", "b"])
        #expect(try await store.replicas(at: Samples.time).stored == ["ahead", "b", "gone", "large", "stray"])
    }

    @Test(arguments: [
        ("gateway-1", "gateway-1"), ("host:8080", "host-8080"), ("../etc", "-etc"), ("", "replica"), ("..", "replica"),
        ("ä", "--"), (String(repeating: "x", count: 200), String(repeating: "x", count: 128)),
    ])
    func `any text makes a replica's id`(text: String, id: String) async throws {
        #expect(ReplicaReport.identifier(from: text) == id)
        let report = ReplicaReport(id: id, serial: 0, digest: nil, tool: "", at: Samples.time)
        try await store.putReplica(report)
        #expect(try await store.liveReplicas(at: Samples.time) == [report])
    }

    @Test func `a bad hour of Poe leaves a report that can be read, with the newest of what it said`() async throws {
        let text = String(repeating: "\u{1F4A5}", count: 500)
        let start = Samples.time.millisecondsSinceEpoch
        let errors = (0..<3000).map { index in
            (
                "bot-\(index)",
                ReplicaReport.PoeErrors(
                    count: 1, last: text, lastAt: Timestamp(millisecondsSinceEpoch: start + Int64(index) * 1000))
            )
        }
        let report = ReplicaReport(
            id: "a", serial: 1, digest: nil, poeErrors: Dictionary(uniqueKeysWithValues: errors), tool: "",
            at: Samples.time)
        try await store.putReplica(report)
        let read = try #require(try await store.liveReplicas(at: Samples.time).first)
        #expect(read == report)
        #expect(Set(read.poeErrors.keys) == Set((2900..<3000).map { "bot-\($0)" }))
    }

    @Test func `an id that could leave the store is refused`() async throws {
        let report = ReplicaReport(id: "../manifest", serial: 0, digest: nil, tool: "", at: Samples.time)
        #expect(try await code { try await store.putReplica(report) } == .corrupt)
    }
}
