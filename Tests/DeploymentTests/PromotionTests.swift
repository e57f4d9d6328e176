import BotConfiguration
import Deployment
import Testing

struct PromotionTests {
    private let memory = InMemoryObjectStore()
    private var store: StateStore { StateStore(memory) }
    private let old = ["claude": Samples.stored("old claude"), "nova": Samples.stored("nova")]
    private let new = ["claude": Samples.stored("new claude"), "llama": Samples.stored("llama")]

    @Test func `a first deploy writes its blobs, then the manifest`() async throws {
        let recording = FaultyObjectStore(memory)
        let written = try await StateStore(recording).deploy(old)
        #expect(recording.writes.dropLast().allSatisfy { $0.text.hasPrefix("blobs/") })
        #expect(recording.writes.last == .manifest)
        #expect(written.serial == 1)
        #expect(try await store.currentManifest() == written)
        #expect(try await store.generation() == old.mapValues(\.bytes))
        #expect(try await memory.list(.history).isEmpty)
    }

    @Test func `a further deploy keeps the manifest that it replaces`() async throws {
        let first = try await store.deploy(old)
        let recording = FaultyObjectStore(memory)
        let second = try await StateStore(recording).deploy(new)
        #expect(recording.writes.suffix(2).map(\.text) == ["history/1", "manifest"])
        #expect(second.manifest.parent == Manifest.Parent(serial: 1, digest: first.digest))
        #expect(second.manifest.lineage == first.manifest.lineage)
        let key = try #require(ObjectKey("history/1"))
        #expect(try await memory.get(key, limitInBytes: 1 << 20)?.bytes == first.bytes)
        #expect(try await store.history(limit: 10).map(\.serial) == [2, 1])
        #expect(try await store.history(limit: 1).map(\.serial) == [2])
        #expect(try await store.manifest(serial: 1) == first.manifest)
        #expect(try await store.manifest(serial: 2) == second.manifest)
        #expect(try await code { _ = try await store.manifest(serial: 3) } == .missingGeneration)
    }

    @Test(arguments: [FaultyObjectStore.Fault.killedBefore, .killedAfter, .refused, .replyLost], 1...5)
    func `a deploy that stops anywhere leaves a whole generation, and the next one works`(
        fault: FaultyObjectStore.Fault, step: Int
    ) async throws {
        try await store.deploy(old)
        let faulty = FaultyObjectStore(memory, fault: fault, at: step)
        let failure = try await code { try await StateStore(faulty).deploy(new) }
        let isLastWrite = step == 4
        // Only a lost reply of the last write can be settled; a deploy has four writes here, so a fifth never fails.
        #expect((failure == nil) == (step == 5 || isLastWrite && fault == .replyLost))
        let isNew = failure == nil || isLastWrite && fault == .killedAfter
        #expect(try await store.generation() == (isNew ? new : old).mapValues(\.bytes))
        #expect(try await store.currentManifest()?.serial == (isNew ? 2 : 1))

        let next = ["qwen": Samples.stored("qwen")]
        let written = try await store.deploy(next)
        #expect(written.serial == (isNew ? 3 : 2))
        #expect(try await store.generation() == next.mapValues(\.bytes))
        #expect(try await store.history(limit: 10).count == written.serial)
    }

    @Test func `of two writers one wins and the other learns who did`() async throws {
        let base = try await store.deploy(old)
        func manifest(by name: String) -> Manifest {
            Manifest(
                succeeding: base, newLineage: "", stamp: Samples.stamp(by: name), bots: Samples.bots(new))
        }
        let results = await withTaskGroup(of: Result<StoredManifest, any Error>.self) { group in
            for index in 0..<8 {
                group.addTask { [store, new] in
                    let manifest = manifest(by: "writer \(index)")
                    do {
                        return .success(try await store.promote(manifest, over: base, blobs: Array(new.values)))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let winners = results.compactMap { try? $0.get() }
        let winner = try #require(winners.first)
        #expect(winners.count == 1)
        #expect(try await store.currentManifest() == winner)
        for result in results {
            guard case .failure(let error) = result else { continue }
            let failure = try #require(error as? StateStoreError)
            #expect(failure.code == .conflict)
            #expect(failure.winner == StateStoreError.Winner(serial: 2, by: winner.manifest.by))
            #expect(failure.message.contains(winner.manifest.by))
        }
    }

    @Test func `two first deploys do not make two lineages`() async throws {
        let manifest = Manifest(succeeding: nil, newLineage: "one", stamp: Samples.stamp(), bots: [:])
        _ = try await store.promote(manifest, over: nil, blobs: [])
        let other = Manifest(succeeding: nil, newLineage: "two", stamp: Samples.stamp(by: "bo"), bots: [:])
        #expect(try await code { _ = try await store.promote(other, over: nil, blobs: []) } == .conflict)
        #expect(try await store.currentManifest()?.manifest.lineage == "one")
    }

    @Test func `a manifest that names a missing blob is not written`() async throws {
        let manifest = Manifest(
            succeeding: nil, newLineage: "x", stamp: Samples.stamp(), bots: Samples.bots(old))
        #expect(try await code { _ = try await store.promote(manifest, over: nil, blobs: []) } == .missingBlob)
        #expect(try await store.currentManifest() == nil)
    }

    @Test func `going back needs no blobs, as long as the store still has them`() async throws {
        let first = try await store.deploy(old)
        let second = try await store.deploy(new)
        let back = Manifest(
            succeeding: second, newLineage: "", stamp: Samples.stamp(), bots: first.manifest.bots)
        let third = try await store.promote(back, over: second, blobs: [])
        #expect(third.serial == 3)
        #expect(try await store.generation() == old.mapValues(\.bytes))
    }

    @Test func `a blob that was altered is put right by deploying it again`() async throws {
        let stored = Samples.stored("nova")
        let key = try #require(ObjectKey.blobs.appending(stored.digest.text))
        try await memory.put(Array("rubbish".utf8), to: key)
        #expect(try await code { _ = try await store.blob(stored.digest) } == .digestMismatch)
        try await store.deploy(["nova": stored])
        #expect(try await store.blob(stored.digest) == stored.bytes)
    }

    @Test func `another manifest in the place of the history is not overwritten`() async throws {
        try await store.deploy(old)
        let key = try #require(ObjectKey("history/1"))
        try await memory.put(Array("{}".utf8), to: key)
        #expect(try await code { try await store.deploy(new) } == .corrupt)
        #expect(try await memory.get(key, limitInBytes: 100)?.bytes == Array("{}".utf8))
        #expect(try await store.generation() == old.mapValues(\.bytes))
    }

    @Test func `a cancelled deploy writes no manifest`() async throws {
        let task = Task { [store, new] in
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await store.deploy(new)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await store.currentManifest() == nil)
    }
}
