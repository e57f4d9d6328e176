/// The three standard streams, and what is known of the terminal behind them.
package struct Terminal: Sendable {
    /// Writes to standard output: the result, nothing else.
    package var writeOutput: @Sendable (String) -> Void
    /// Writes to standard error: everything else.
    package var writeError: @Sendable (String) -> Void
    /// Reads a line that a person types; nil at the end of input.
    package var readLine: @Sendable () -> String?
    /// Takes what waits at standard input, without waiting for more.
    package var takeInput: @Sendable () -> TerminalInput
    /// Why something written to standard output was lost; nil when nothing was, or only because nobody reads on.
    package var outputLoss: @Sendable () -> String?
    package var outputIsTerminal: Bool
    package var errorIsTerminal: Bool
    package var inputIsTerminal: Bool
    /// Columns of the terminal behind standard output, or of a page where there is none.
    package var width: Int
    /// Whether colours may be used: not with `NO_COLOR`, `TERM=dumb` or `CI`.
    package var allowsColor: Bool
    /// Whether what was written may be drawn over: not with `TERM=dumb` or `CI`.
    package var allowsMotion: Bool

    package init(
        writeOutput: @escaping @Sendable (String) -> Void, writeError: @escaping @Sendable (String) -> Void,
        readLine: @escaping @Sendable () -> String? = { nil },
        takeInput: @escaping @Sendable () -> TerminalInput = { .end },
        outputLoss: @escaping @Sendable () -> String? = { nil }, outputIsTerminal: Bool = false,
        errorIsTerminal: Bool = false, inputIsTerminal: Bool = false, width: Int = 100, allowsColor: Bool = false,
        allowsMotion: Bool = true
    ) {
        self.writeOutput = writeOutput
        self.writeError = writeError
        self.readLine = readLine
        self.takeInput = takeInput
        self.outputLoss = outputLoss
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        self.inputIsTerminal = inputIsTerminal
        self.width = width
        self.allowsColor = allowsColor
        self.allowsMotion = allowsMotion
    }

    /// Whether a terminal that these variables describe may be drawn over.
    package static func allowsMotion(_ variables: [String: String]) -> Bool {
        variables["TERM"] != "dumb" && (variables["CI"] ?? "").isEmpty
    }

    /// How text on standard output is coloured.
    var outputStyle: TextStyle { TextStyle(isColored: outputIsTerminal && allowsColor) }

    /// How text on standard error is coloured.
    var errorStyle: TextStyle { TextStyle(isColored: errorIsTerminal && allowsColor) }

    /// How wide a table on standard output may be: a script gets it whole.
    var tableWidth: Int { outputIsTerminal ? width : .max }

    /// Whether signs that move can be drawn on standard error.
    var canDraw: Bool { errorIsTerminal && allowsMotion }

    /// Whether a person can be asked.
    var canAsk: Bool { inputIsTerminal && errorIsTerminal }

    /// Writes a line to standard output.
    func output(_ line: String) { writeOutput(line + "\n") }

    /// Writes a line to standard error.
    func note(_ line: String) { writeError(line + "\n") }
}

/// What waits at standard input.
package enum TerminalInput: Hashable, Sendable {
    case bytes([UInt8])
    /// Nothing yet.
    case nothing
    /// Nothing, and nothing more will come.
    case end
    /// It cannot be read, for this reason.
    case failed(String)
}
