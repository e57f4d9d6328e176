import FileAccess
import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileLockTests {
    private static let command = "/usr/bin/flock"
    private struct Failure: Error {}

    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("lock")
    }

    /// Starts a process that takes the lock and holds it until its input ends; returns once it has it.
    private func startHolder() throws -> (process: Process, input: FileHandle) {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: Self.command)
        // -o: the shell does not inherit the lock.
        process.arguments = ["-o", path, "/bin/sh", "-c", "echo held; read line"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        #expect(try output.fileHandleForReading.read(upToCount: 4) == Data("held".utf8))
        return (process, input.fileHandleForWriting)
    }

    @Test func `what is done under the lock gives its value, and the file stays`() async throws {
        #expect(try await FileLock(path: path).withLock { 42 } == 42)
        #expect(try await FileLock(path: path).withLock(patience: .zero) { 43 } == 43)
        #expect(directory.names == ["lock"])
    }

    @Test func `two holders take turns`() async throws {
        let counter = try directory.add("counter", "0")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask { @concurrent in
                    for _ in 0..<100 {
                        try await FileLock(path: path).withLock(patience: .seconds(50)) {
                            let bytes = try LocalFiles().read(counter, limitInBytes: 10)
                            let count = try #require(Int(String(decoding: bytes, as: UTF8.self)))
                            try AtomicFileWriter().write(Array("\(count + 1)".utf8), to: counter)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(directory.content("counter") == "200")
    }

    @Test func `patience ends with an error, and the body has not run`() async throws {
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        #expect(flock(descriptor, LOCK_EX) == 0)
        var hasRun = false
        let started = ContinuousClock().now
        let error = await #expect(throws: FileAccessError.self) {
            try await FileLock(path: path).withLock(patience: .milliseconds(30)) { hasRun = true }
        }
        #expect(ContinuousClock().now - started >= .milliseconds(30))
        #expect(error?.description == "locking \(path): another process has held the lock too long")
        #expect(!hasRun)
        close(descriptor)
        try await FileLock(path: path).withLock(patience: .zero) { hasRun = true }
        #expect(hasRun)
    }

    @Test func `the lock is released when the body throws`() async throws {
        let lock = FileLock(path: path)
        await #expect(throws: Failure.self) { try await lock.withLock { throw Failure() } }
        #expect(try await lock.withLock(patience: .zero) { true })
    }

    @Test func `one who waits can be cancelled`() async throws {
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        #expect(flock(descriptor, LOCK_EX) == 0)
        let lock = FileLock(path: path)
        let waiting = Task { try await lock.withLock(patience: .seconds(3600)) {} }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        close(descriptor)
    }

    @Test func `where the lock cannot be made the error says why`() async throws {
        func error(_ path: String) async -> FileAccessError? {
            await #expect(throws: FileAccessError.self) { try await FileLock(path: path).withLock {} }
        }
        #expect(await error(directory.path("missing/lock"))?.code == .notFound)
        #expect(await error(directory.path)?.code == .isDirectory)
        #expect(await error(path + "\0x")?.code == .other)
        #expect(directory.names == [])
    }

    // MARK: Other processes

    @Test(.enabled(if: access(command, X_OK) == 0))
    func `another process that holds the lock is waited for`() async throws {
        let holder = try startHolder()
        await #expect(throws: FileAccessError.self) {
            try await FileLock(path: path).withLock(patience: .milliseconds(20)) {}
        }
        async let value = FileLock(path: path).withLock(patience: .seconds(50)) { 42 }
        try holder.input.close()
        #expect(try await value == 42)
        holder.process.waitUntilExit()
    }

    @Test(.enabled(if: access(command, X_OK) == 0))
    func `a process that is killed holds no lock`() async throws {
        let holder = try startHolder()
        #expect(kill(holder.process.processIdentifier, SIGKILL) == 0)
        #expect(try await FileLock(path: path).withLock(patience: .seconds(50)) { 42 } == 42)
        try holder.input.close()
        holder.process.waitUntilExit()
    }

    @Test(.enabled(if: access(command, X_OK) == 0))
    func `another process cannot have the lock that is held here`() async throws {
        func tryLock() throws -> Int32 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Self.command)
            process.arguments = ["-n", path, "/bin/true"]
            try process.run()
            process.waitUntilExit()
            return process.terminationStatus
        }
        #expect(try await FileLock(path: path).withLock { try tryLock() } == 1)
        #expect(try tryLock() == 0)
    }
}
