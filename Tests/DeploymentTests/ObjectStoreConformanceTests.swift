import Deployment
import Foundation
import Testing

/// What every object store does, run over each of them.
struct ObjectStoreConformanceTests {
    enum Kind: CaseIterable {
        case memory, files
    }

    private let key = ObjectKey.manifest
    private let one = Array("one".utf8)
    private let two = Array("two".utf8)

    /// Runs a test with a fresh store and removes it.
    private func withStore(_ kind: Kind, _ body: (any ObjectStore) async throws -> Void) async throws {
        switch kind {
        case .memory: try await body(InMemoryObjectStore())
        case .files:
            try await withTemporaryDirectory { try await body(FileObjectStore(directory: $0 + "/state/local")) }
        }
    }

    @Test(arguments: Kind.allCases)
    func `an empty store holds nothing`(kind: Kind) async throws {
        try await withStore(kind) { store in
            #expect(try await store.get(key, limitInBytes: 10) == nil)
            #expect(try await store.list(.history).isEmpty)
            try await store.delete(key)
            try await store.delete(.history.appending("1") ?? key)
        }
    }

    @Test(arguments: Kind.allCases)
    func `what is created is read, and is not created twice`(kind: Kind) async throws {
        try await withStore(kind) { store in
            let result = try await store.write(one, to: key, if: .absent)
            let object = try #require(try await store.get(key, limitInBytes: 10))
            #expect(object.bytes == one)
            #expect(result == .written(object.tag))
            #expect(try await store.write(two, to: key, if: .absent) == .conflict)
            #expect(try await store.get(key, limitInBytes: 10) == object)
        }
    }

    @Test(arguments: Kind.allCases)
    func `only the expected version is replaced`(kind: Kind) async throws {
        try await withStore(kind) { store in
            guard case .written(let first) = try await store.write(one, to: key, if: .absent) else {
                Issue.record("an absent object is created")
                return
            }
            guard case .written(let second) = try await store.write(two, to: key, if: .matches(first)) else {
                Issue.record("the expected version is replaced")
                return
            }
            #expect(first != second)
            #expect(try await store.write(one, to: key, if: .matches(first)) == .conflict)
            #expect(try await store.get(key, limitInBytes: 10) == StoredObject(bytes: two, tag: second))
        }
    }

    @Test(arguments: Kind.allCases)
    func `what does not exist is not replaced`(kind: Kind) async throws {
        try await withStore(kind) { store in
            let result = try await store.write(one, to: key, if: .matches(VersionTag("x")))
            #expect(result == .conflict)
            #expect(try await store.get(key, limitInBytes: 10) == nil)
        }
    }

    @Test(arguments: Kind.allCases)
    func `of many writers at once exactly one wins`(kind: Kind) async throws {
        try await withStore(kind) { store in
            _ = try await store.write(one, to: key, if: .absent)
            let base = try #require(try await store.get(key, limitInBytes: 10))
            let results = try await withThrowingTaskGroup(of: WriteResult.self) { group in
                for index in 0..<16 {
                    group.addTask { [key] in
                        try await store.write(Array("\(index)".utf8), to: key, if: .matches(base.tag))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 != .conflict } == 1)
            let winner = try #require(try await store.get(key, limitInBytes: 10))
            #expect(results.contains(.written(winner.tag)))
        }
    }

    @Test(arguments: Kind.allCases)
    func `an unconditional write replaces whatever stands there`(kind: Kind) async throws {
        try await withStore(kind) { store in
            try await store.put(one, to: key)
            try await store.put(two, to: key)
            #expect(try await store.get(key, limitInBytes: 3)?.bytes == two)
            try await store.put([], to: key)
            #expect(try await store.get(key, limitInBytes: 3)?.bytes == [])
        }
    }

    @Test(arguments: Kind.allCases)
    func `an object past the limit is an error and never cut`(kind: Kind) async throws {
        try await withStore(kind) { store in
            try await store.put(one, to: key)
            #expect(try await store.get(key, limitInBytes: 3)?.bytes == one)
            #expect(try await code { _ = try await store.get(key, limitInBytes: 2) } == .corrupt)
        }
    }

    @Test(arguments: Kind.allCases)
    func `a folder lists its own objects, sorted`(kind: Kind) async throws {
        try await withStore(kind) { store in
            for text in ["history/2", "history/10", "history/a/b", "historybook/1", "manifest"] {
                try await store.put(one, to: try #require(ObjectKey(text)))
            }
            #expect(try await store.list(.history).map(\.text) == ["history/10", "history/2"])
            try await store.delete(try #require(ObjectKey("history/10")))
            #expect(try await store.list(.history).map(\.text) == ["history/2"])
        }
    }
}

/// Runs something with a directory that is removed afterwards.
func withTemporaryDirectory(_ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/botctl-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await body(path)
}
