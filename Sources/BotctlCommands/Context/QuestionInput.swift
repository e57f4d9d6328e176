/// Questions as they come from standard input: typed one after the other, or one from a pipe.
struct QuestionInput {
    /// The longest question, in bytes.
    static let lengthLimitInBytes = 1_000_000
    /// How often standard input is looked at; nobody types so fast that it would be felt.
    private static let pause: Duration = .milliseconds(20)

    /// How long nothing may come before whoever waits is told why.
    private static let patience: Duration = .seconds(1)

    private let takeInput: @Sendable () -> TerminalInput
    /// Tells that nothing comes; nil once it has.
    private var tellOfSilence: (@Sendable () -> Void)?
    private var silence: Duration = .zero
    private var waiting: [UInt8] = []
    private var isAtEnd = false

    /// The questions of a terminal's input.
    ///
    /// - Parameters:
    ///   - terminal: Where they come from.
    ///   - tellOfSilence: Called once where nothing has come for a while, to say what is waited for.
    init(_ terminal: Terminal, tellOfSilence: (@Sendable () -> Void)? = nil) {
        takeInput = terminal.takeInput
        self.tellOfSilence = tellOfSilence
    }

    /// The next question that is typed: a line, or what is pasted at once.
    ///
    /// - Returns: The question without blanks around it; nil at the end of input and for an empty line.
    /// - Throws: ``CommandFailure`` for what is too long or no text, `CancellationError`.
    mutating func nextTyped() async throws -> String? {
        waiting = []
        while !isAtEnd, waiting.last != UInt8(ascii: "\n") { try await takeMore() }
        // The rest of what is pasted is there at once.
        while !isAtEnd, try await takeMore(waitsForIt: false) {}
        return try question()
    }

    /// All of standard input as one question.
    ///
    /// - Returns: The question without blanks around it; nil when there is none.
    /// - Throws: See ``nextTyped()``.
    mutating func whole() async throws -> String? {
        while !isAtEnd { try await takeMore() }
        return try question()
    }

    /// Takes what comes next.
    ///
    /// - Parameter waitsForIt: False to look only once more, after a moment.
    /// - Returns: Whether something came.
    /// - Throws: See ``nextTyped()``.
    @discardableResult
    private mutating func takeMore(waitsForIt: Bool = true) async throws -> Bool {
        var isPatient = true
        while true {
            switch takeInput() {
            case .bytes(let bytes):
                waiting += bytes
                tellOfSilence = nil
                guard waiting.count <= Self.lengthLimitInBytes else {
                    throw CommandFailure(
                        .failure, "the question is longer than \(Self.lengthLimitInBytes / 1_000_000) MB",
                        hint: "--attach FILE sends a file beside it")
                }
                return true
            case .end:
                isAtEnd = true
                return false
            case .failed(let reason): throw CommandFailure(.failure, "cannot read standard input: \(reason)")
            case .nothing:
                guard isPatient else { return false }
                try await Task.sleep(for: Self.pause)
                silence += Self.pause
                if silence >= Self.patience, let tell = tellOfSilence {
                    tellOfSilence = nil
                    tell()
                }
                isPatient = waitsForIt
            }
        }
    }

    private func question() throws -> String? {
        guard let text = String(validating: waiting, as: UTF8.self) else {
            throw CommandFailure(
                .failure, "what came by standard input is no text in UTF-8", hint: "--attach FILE sends any file")
        }
        let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? start
        return start == end ? nil : String(text[start..<end])
    }
}
