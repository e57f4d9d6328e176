private import CPipe
private import Glibc
import Synchronization

extension ProcessRunner {
    /// Starts real processes.
    ///
    /// A process gets nothing to read, its errors go nowhere, and it leads a group of its own: that is what is killed
    /// when it goes past a limit or the task is cancelled, and when this process exits while it runs: a terminal's Ctrl-C
    /// does not reach the group. No thread waits for it.
    package static let system = ProcessRunner { words, environment, limits in
        let process = try RunningProcess(words, environment: environment)
        defer { process.end() }
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: limits.duration)
        var pause = Duration.milliseconds(1)
        var output: [UInt8] = []
        while true {
            // In this order: what an ended process has written is there when its end is seen.
            let status = process.statusIfEnded()
            let isClosed = try process.read(into: &output, limitInBytes: limits.outputInBytes)
            if let status { return Outcome(status: status, output: output) }
            guard clock.now < deadline else { throw Failure.tooSlow(limits.duration) }
            try await Task.sleep(for: isClosed ? .milliseconds(1) : pause)
            pause = min(pause * 2, .milliseconds(20))
        }
    }
}

/// A process and the end of its output that is read.
private final class RunningProcess {
    private let id: pid_t
    private let output: Int32
    private var hasEnded = false

    init(_ words: [String], environment: [String: String]) throws {
        var ends: [Int32] = [-1, -1]
        // A process that another thread starts at this moment must not get an end: it would keep the pipe open.
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Self.failure(errno) }
        defer { close(ends[1]) }
        output = ends[0]
        _ = fcntl(output, F_SETFL, O_NONBLOCK)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var id = pid_t()
        let arguments = Self.cStrings(words)
        let variables = Self.cStrings(environment.map { "\($0.key)=\($0.value)" })
        defer { for string in arguments + variables { free(string) } }
        let result = posix_spawnp(&id, words[0], &actions, &attributes, arguments, variables)
        self.id = id
        guard result == 0 else {
            hasEnded = true
            close(output)
            throw Self.failure(result)
        }
        _ = Self.endsAllAtExit
        Self.running.withLock { _ = $0.insert(id) }
    }

    /// The processes that run; each leaves when its end is seen, so that no other is meant by its number.
    private static let running = Mutex<Set<pid_t>>([])

    /// Sees, once, that what runs when this process exits is ended: a renewal of credentials belongs to no task that
    /// would be cancelled.
    private static let endsAllAtExit: Bool =
        atexit { RunningProcess.running.withLock { for id in $0 { kill(-id, SIGKILL) } } } == 0

    /// Copies for the system, which the caller frees, with the nil behind them that it wants.
    private static func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
        strings.map { strdup($0) } + [nil]
    }

    private static func failure(_ number: Int32) -> ProcessRunner.Failure {
        .notStarted(reason: String(cString: strerror(number)).lowercased())
    }

    /// The exit status once the process has ended; `.some(nil)` when a signal ended it.
    func statusIfEnded() -> Int?? {
        var status: Int32 = 0
        let isOver = Self.running.withLock { running in
            guard waitpid(id, &status, WNOHANG) == id else { return false }
            running.remove(id)
            return true
        }
        guard isOver else { return nil }
        hasEnded = true
        return .some(status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : nil)
    }

    /// Takes what there is to read.
    ///
    /// - Returns: Whether nothing more can come.
    func read(into bytes: inout [UInt8], limitInBytes: Int) throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(output, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 }
            guard bytes.count + count <= limitInBytes else {
                throw ProcessRunner.Failure.tooMuchOutput(limitInBytes: limitInBytes)
            }
            bytes += chunk[..<count]
        }
    }

    /// Ends the process with all that it started, unless it has ended by itself.
    func end() {
        close(output)
        guard !hasEnded else { return }
        kill(-id, SIGKILL)
        Self.running.withLock { _ = $0.remove(id) }
        var status: Int32 = 0
        while waitpid(id, &status, 0) == -1, errno == EINTR {}
    }
}
