import BotConfiguration
import Deployment
import FileAccess
import Foundation
import Testing

struct FileObjectStoreTests {
    @Test func `a state store in files has the documented layout`() async throws {
        try await withTemporaryDirectory { directory in
            let store = StateStore(FileObjectStore(directory: directory))
            let stored = Samples.stored("nova")
            try await store.deploy(["nova": stored])
            try await store.deploy([:])
            try await store.putReplica(ReplicaReport(id: "r1", serial: 2, digest: nil, tool: "", at: Samples.time))
            try await store.putOutcome(
                DeploymentOutcome(serial: 2, result: .verified, reason: "", at: Samples.time))
            _ = try await store.acquireLease(holder: "ana", token: "a", now: Samples.time)
            let files = try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
            #expect(
                files == [
                    ".lock", "blobs", "blobs/\(stored.digest)", "history", "history/1", "lease", "manifest", "outcomes",
                    "outcomes/2", "replicas", "replicas/r1",
                ])
        }
    }

    @Test func `what a killed process left is no object and is cleared away in time`() async throws {
        try await withTemporaryDirectory { directory in
            let history = directory + "/history"
            try FileManager.default.createDirectory(atPath: history, withIntermediateDirectories: true)
            let names = ["old", "new"].map { history + "/" + AtomicFileWriter.temporaryPrefix + $0 }
            for name in names { try Data("half".utf8).write(to: URL(fileURLWithPath: name)) }
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: names[0])
            let store = FileObjectStore(directory: directory)
            #expect(try await store.list(.history).isEmpty)
            try await store.put([1], to: try #require(ObjectKey("history/1")))
            #expect(!FileManager.default.fileExists(atPath: names[0]))
            #expect(FileManager.default.fileExists(atPath: names[1]))
        }
    }

    @Test func `a file in the way is an error that names it`() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/state"
            try Data().write(to: URL(fileURLWithPath: path))
            let store = FileObjectStore(directory: path)
            let error = await #expect(throws: StateStoreError.self) { try await store.put([1], to: .manifest) }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test func `a directory in the place of the manifest is an error`() async throws {
        try await withTemporaryDirectory { directory in
            try FileManager.default.createDirectory(
                atPath: directory + "/manifest", withIntermediateDirectories: true)
            let store = StateStore(FileObjectStore(directory: directory))
            #expect(try await code { _ = try await store.currentManifest() } == .unavailable)
        }
    }
}
