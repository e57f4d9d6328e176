import BotRuntime
import ChatEvents
import JSONCoding

/// What a failure of an upstream means, and who learns what of it.
struct FailureReferenceView: ResultView {
    let entry: FailureReference

    /// Writes the entry to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        let failure = entry.failure
        terminal.output("\(style.bold(failure.name)) (\(entry.upstream), status \(failure.status))")
        terminal.output("", failure.meaning, indent: 0)
        terminal.output("")
        for (label, text) in rows {
            let padded = label + String(repeating: " ", count: max(1, 14 - label.count))
            terminal.output(padded, text, indent: 14, paintLabel: style.bold)
        }
        terminal.output("")
        terminal.output("All failures: docs/failures.md")
    }

    private var rows: [(String, String)] {
        let failure = entry.failure
        let words = [entry.openAI.type, entry.openAI.code].compactMap(\.self).joined(separator: ", ")
        return [
            ("users read", entry.userText),
            ("the log says", "outcome=\(failure.kind.rawValue), with the upstream's own text, name and request id"),
            ("tried again", retryText),
            ("users retry", entry.allowsRetry ? "they may" : "it would not help"),
            ("Poe", entry.poeErrorType.map { "error_type \($0)" } ?? "no error_type"),
            ("OpenAI API", "\(entry.openAIStatus) \(words)"),
            ("operator", entry.needsOperator ? "has to act" : "need not act"),
        ]
    }

    private var retryText: String {
        switch entry.failure.retry {
        case .never: "no: the same request would fail again"
        case .transient: "soon, while the user has seen nothing of an answer"
        case .throttling: "after a longer wait, while the user has seen nothing of an answer"
        }
    }

    /// The entry for scripts.
    var json: JSONObject {
        [
            "failure": [
                "name": .string(entry.failure.name), "upstream": .string(entry.upstream),
                "status": .integer(entry.failure.status), "kind": .string(entry.failure.kind.rawValue),
                "meaning": .string(entry.failure.meaning), "retry": .string(entry.failure.retry.rawValue),
                "user_text": .string(entry.userText), "user_may_retry": .bool(entry.allowsRetry),
                "poe_error_type": entry.poeErrorType.map { .string($0) } ?? .null,
                "openai": [
                    "status": .integer(entry.openAIStatus), "type": .string(entry.openAI.type),
                    "code": entry.openAI.code.map { .string($0) } ?? .null,
                ],
                "operator_must_act": .bool(entry.needsOperator),
            ]
        ]
    }
}
