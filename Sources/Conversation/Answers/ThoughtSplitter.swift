import PoeProtocol

/// Tells the thoughts that an answer quotes from the answer itself, piece by piece.
///
/// A quotation goes from its heading, at the start of a line, to the first line without a quotation's mark; see
/// ``QuotedThoughts``.
struct ThoughtSplitter: Sendable {
    private static let heading = Array((QuotedThoughts.heading + "\n").unicodeScalars)

    private var isQuoting = false
    private var isAtLineStart = true
    /// The start of a line that may become the heading.
    private var candidate: [Unicode.Scalar] = []

    /// Splits the next piece of an answer.
    ///
    /// What may be the beginning of a heading waits for the next piece.
    mutating func split(_ text: String) -> [AnswerPart] {
        var run = Run()
        for scalar in text.unicodeScalars {
            if isAtLineStart, isQuoting, scalar != ">" { isQuoting = false }
            guard !isQuoting, isAtLineStart || !candidate.isEmpty else {
                run.append(scalar, isThought: isQuoting)
                isAtLineStart = scalar == "\n"
                continue
            }
            candidate.append(scalar)
            isAtLineStart = false
            if Self.heading.starts(with: candidate) {
                guard candidate.count == Self.heading.count else { continue }
                isQuoting = true
            }
            for waiting in candidate { run.append(waiting, isThought: isQuoting) }
            candidate = []
            isAtLineStart = scalar == "\n"
        }
        return run.parts
    }

    /// What waited and has become nothing more.
    mutating func finish() -> [AnswerPart] {
        var run = Run()
        for waiting in candidate { run.append(waiting, isThought: isQuoting) }
        candidate = []
        return run.parts
    }

    /// Neighbours of one sort, joined.
    private struct Run {
        private var ended: [AnswerPart] = []
        private var text = String.UnicodeScalarView()
        private var isThought = false

        mutating func append(_ scalar: Unicode.Scalar, isThought: Bool) {
            if isThought != self.isThought { end() }
            self.isThought = isThought
            text.append(scalar)
        }

        var parts: [AnswerPart] {
            var copy = self
            copy.end()
            return copy.ended
        }

        private mutating func end() {
            guard !text.isEmpty else { return }
            ended.append(isThought ? .thought(String(text)) : .text(String(text)))
            text = String.UnicodeScalarView()
        }
    }
}
