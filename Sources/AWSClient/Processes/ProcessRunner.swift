/// Runs a command and takes what it prints; a value, so that a test needs no process.
package struct ProcessRunner: Sendable {
    /// What a command did.
    package struct Outcome: Hashable, Sendable {
        /// Its exit status; nil when a signal ended it.
        package let status: Int?
        /// What it wrote to its standard output.
        package let output: [UInt8]

        /// Makes an outcome.
        package init(status: Int?, output: [UInt8]) {
            self.status = status
            self.output = output
        }
    }

    /// Why there is no outcome.
    package enum Failure: Error, Hashable, Sendable {
        /// It cannot be started; the reason is the system's.
        case notStarted(reason: String)
        /// It wrote more than the limit.
        case tooMuchOutput(limitInBytes: Int)
        /// It did not end in time.
        case tooSlow(Duration)
    }

    /// What bounds a command.
    package struct Limits: Hashable, Sendable {
        /// How much it may write to its standard output, in bytes.
        package var outputInBytes: Int
        /// How long it may run.
        package var duration: Duration

        /// Makes limits.
        package init(outputInBytes: Int = 65_536, duration: Duration = .seconds(60)) {
            self.outputInBytes = outputInBytes
            self.duration = duration
        }
    }

    private let body: @Sendable ([String], [String: String], Limits) async throws -> Outcome

    /// Makes a runner of a function of program and arguments, environment and limits.
    package init(_ body: @escaping @Sendable ([String], [String: String], Limits) async throws -> Outcome) {
        self.body = body
    }

    /// Runs a command.
    ///
    /// - Parameters:
    ///   - words: The program, which is looked for in `PATH`, and its arguments; no shell reads them.
    ///   - environment: The variables that the command gets.
    ///   - limits: What bounds it; going past ends it.
    /// - Returns: What it did.
    /// - Throws: ``Failure``, `CancellationError`; nothing of the command runs on after either.
    package func run(
        _ words: [String], environment: [String: String], limits: Limits = Limits()
    ) async throws -> Outcome {
        try await body(words, environment, limits)
    }

    /// Splits a command line into words as a shell would, but for everything else that a shell does: blanks part them,
    /// quotes and backslashes keep them together.
    ///
    /// - Returns: The words; nil when a quote is not closed or nothing is there.
    package static func words(of commandLine: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = commandLine.makeIterator()
        while let character = characters.next() {
            if let open = quote {
                if character == open {
                    quote = nil
                } else if open == "\"", character == "\\" {
                    guard let next = characters.next() else { return nil }
                    word = (word ?? "") + (next == "\"" || next == "\\" ? "" : "\\") + String(next)
                } else {
                    word = (word ?? "") + String(character)
                }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character == "\\" {
                guard let next = characters.next() else { return nil }
                word = (word ?? "") + String(next)
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let done = word { words.append(done) }
        return quote != nil || words.isEmpty ? nil : words
    }
}
