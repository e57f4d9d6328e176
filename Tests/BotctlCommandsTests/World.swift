import BotctlCommands
import FileAccess
import ModelCatalog
import Synchronization
import TestSupport
import WallClock

/// A whole world for one run of the command line: files in memory, output captured, the clock stopped.
final class World: Sendable {
    /// What a run left behind.
    struct Result {
        let status: Int32
        let output: String
        let error: String
    }

    private let output = Mutex("")
    private let error = Mutex("")
    private let input = Mutex<[String]?>(nil)
    private let files: any FileReading
    private let width: Int
    /// Whether a terminal with colours stands behind the output.
    private let isTerminal: Bool
    private let root: String

    /// A world whose project holds these files, by path relative to its root.
    convenience init(_ files: [String: String], width: Int = 100, isTerminal: Bool = false) {
        self.init(bytes: files.mapValues { Array($0.utf8) }, width: width, isTerminal: isTerminal)
    }

    /// A world whose project holds these files, by path relative to its root.
    init(bytes files: [String: [UInt8]], width: Int = 100, isTerminal: Bool = false) {
        self.isTerminal = isTerminal
        self.files = InMemoryFiles(
            files: Dictionary(uniqueKeysWithValues: files.map { ("/project/" + $0.key, $0.value) }))
        self.width = width
        root = "/project"
    }

    /// A world with a project on disk.
    ///
    /// - Parameters:
    ///   - directory: The project's root.
    ///   - width: The terminal's columns.
    ///   - isTerminal: Whether a terminal stands behind all streams.
    ///   - input: What comes by standard input, piece by piece; an empty piece is a pause.
    init(directory: String, width: Int = 100, isTerminal: Bool = false, input: [String] = []) {
        self.isTerminal = isTerminal
        self.input.withLock { $0 = input }
        files = LocalFiles()
        self.width = width
        root = directory
    }

    /// Runs `botctl` with these arguments in the project's root.
    func run(_ arguments: String..., variables: [String: String] = [:]) async -> Result {
        await run(arguments, variables: variables)
    }

    /// Runs `botctl` with these arguments in the project's root.
    ///
    /// - Parameters:
    ///   - arguments: The arguments.
    ///   - variables: All environment variables.
    ///   - writer: How files are written.
    ///   - outputLoss: Why standard output does not take what is written.
    /// - Returns: What the run left behind.
    func run(
        _ arguments: [String], variables: [String: String] = [:], writer: any FileWriting = AtomicFileWriter(),
        outputLoss: String? = nil
    ) async -> Result {
        output.withLock { $0 = "" }
        error.withLock { $0 = "" }
        let terminal = Terminal(
            writeOutput: { [self] text in output.withLock { $0 += text } },
            writeError: { [self] text in error.withLock { $0 += text } },
            takeInput: { [self] in
                input.withLock { input in
                    guard let piece = input?.first else { return .end }
                    input?.removeFirst()
                    return piece.isEmpty ? .nothing : .bytes(Array(piece.utf8))
                }
            }, outputLoss: { outputLoss },
            outputIsTerminal: isTerminal,
            errorIsTerminal: isTerminal, inputIsTerminal: isTerminal && input.withLock { $0 != nil }, width: width,
            allowsColor: isTerminal,
            allowsMotion: Terminal.allowsMotion(variables))
        let context = CommandContext(
            files: files, writer: writer, workingDirectory: root, variables: variables,
            clock: WallClock { Timestamp(millisecondsSinceEpoch: 1_795_230_000_000) }, terminal: terminal,
            catalog: .embedded, actor: "tester@world", processID: 1)
        let status = await Botctl.run(arguments, in: context)
        return Result(status: status, output: output.withLock { $0 }, error: error.withLock { $0 })
    }
}
