import FileAccess
private import Glibc
import ModelCatalog
private import Synchronization
import WallClock

extension CommandContext {
    /// The world of this process.
    package static func process() -> CommandContext {
        let variables = environmentVariables()
        return CommandContext(
            files: LocalFiles(), writer: AtomicFileWriter(), workingDirectory: currentDirectory(), variables: variables,
            clock: .system,
            terminal: .process(variables: variables), catalog: .embedded, actor: actorName(variables),
            processID: Int(getpid()))
    }

    private static func environmentVariables() -> [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text)
            if let equals = pair.firstIndex(of: "=") {
                result[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            entry += 1
        }
        return result
    }

    private static func currentDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    private static func actorName(_ variables: [String: String]) -> String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(variables["USER"] ?? variables["LOGNAME"] ?? "uid\(getuid())")@\(host)"
    }
}

extension Terminal {
    /// The streams of this process.
    static func process(variables: [String: String]) -> Terminal {
        let allowsMotion = allowsMotion(variables)
        let lostOutput = Mutex<CInt?>(nil)
        return Terminal(
            writeOutput: { text in
                let error = write(text, to: STDOUT_FILENO)
                lostOutput.withLock { $0 = $0 ?? error }
            },
            writeError: { _ = write($0, to: STDERR_FILENO) },
            readLine: { Swift.readLine() },
            takeInput: { takeInput(from: STDIN_FILENO) },
            outputLoss: { lostOutput.withLock(\.self).map { String(cString: strerror($0)) } },
            outputIsTerminal: isatty(STDOUT_FILENO) == 1,
            errorIsTerminal: isatty(STDERR_FILENO) == 1, inputIsTerminal: isatty(STDIN_FILENO) == 1,
            width: terminalWidth(variables), allowsColor: allowsMotion && (variables["NO_COLOR"] ?? "").isEmpty,
            allowsMotion: allowsMotion)
    }

    /// The most bytes that are taken at once.
    private static let inputChunkInBytes = 65_536

    private static func takeInput(from stream: Int32) -> TerminalInput {
        var waiting = pollfd(fd: stream, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 0) > 0 else { return .nothing }
        var failure: String?
        let bytes = [UInt8](unsafeUninitializedCapacity: inputChunkInBytes) { buffer, count in
            let done = read(stream, buffer.baseAddress, buffer.count)
            // Nothing is there after all; whoever asks will ask again.
            if done < 0, errno == EINTR || errno == EAGAIN { failure = "" }
            if done < 0, failure == nil { failure = String(cString: strerror(errno)) }
            count = max(0, done)
        }
        if let failure { return failure.isEmpty ? .nothing : .failed(failure) }
        return bytes.isEmpty ? .end : .bytes(bytes)
    }

    private static func terminalWidth(_ variables: [String: String]) -> Int {
        var size = winsize()
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            if ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return max(40, Int(size.ws_col)) }
        }
        return variables["COLUMNS"].flatMap(Int.init).map { min(max($0, 40), 400) } ?? 100
    }

    /// Writes all of a text.
    ///
    /// - Returns: The error that kept some of it from being written; nil where nothing did, or where nobody reads on: a
    ///   closed pipe ends what can be said, and the command's own result stands.
    private static func write(_ text: String, to stream: Int32) -> CInt? {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let base = rest.baseAddress, !rest.isEmpty {
                let count = Glibc.write(stream, base, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno == EPIPE ? nil : errno }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return nil
        }
    }
}
