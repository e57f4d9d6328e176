import BotRuntime
import ChatEvents
import JSONCoding

/// What a failure of an upstream means, and who learns what of it.
struct FailureReferenceView: ResultView {
    let entry: FailureReference

    /// Writes the entry to standard output.
    func show(_ terminal: Terminal) {
        let failure = entry.failure
        let log = "outcome=\(failure.kind.rawValue), with the upstream's own text, name and request id"
        var rows = entry.kind.rows(log: log)
        rows.insert(("tried again", retryText), at: 2)
        terminal.output(
            failure.name, "(\(entry.upstream), status \(failure.status))", meaning: failure.meaning, rows: rows)
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
        var failure: JSONObject = [
            "name": .string(entry.failure.name), "upstream": .string(entry.upstream),
            "status": .integer(entry.failure.status), "kind": .string(entry.failure.kind.rawValue),
            "meaning": .string(entry.failure.meaning), "retry": .string(entry.failure.retry.rawValue),
        ]
        for member in entry.kind.readers.members { failure.append(member.name, member.value) }
        return ["failure": .object(failure)]
    }
}

/// What a kind of failure means, as logs name it, and who learns what of it.
struct FailureKindView: ResultView {
    let entry: FailureKindReference

    /// Writes the entry to standard output.
    func show(_ terminal: Terminal) {
        var rows = entry.rows(log: "outcome=\(entry.kind.rawValue), with what happened in error.detail")
        let names = entry.upstreamNames.joined(separator: ", ")
        if !names.isEmpty { rows.append(("upstreams say", names)) }
        terminal.output(entry.kind.rawValue, "(a kind of failure)", meaning: entry.meaning, rows: rows)
    }

    /// The entry for scripts.
    var json: JSONObject {
        var failure: JSONObject = [
            "kind": .string(entry.kind.rawValue), "meaning": .string(entry.meaning),
            "upstream_names": .array(entry.upstreamNames.map(JSONValue.string)),
        ]
        for member in entry.readers.members { failure.append(member.name, member.value) }
        return ["failure_kind": .object(failure)]
    }
}

// MARK: - What both have in common

extension FailureKindReference {
    /// Who learns what of it.
    fileprivate func rows(log: String) -> [(String, String)] {
        let words = [openAI.type, openAI.code].compactMap(\.self).joined(separator: ", ")
        return [
            ("users read", userText), ("the log says", log),
            ("users retry", allowsRetry ? "they may" : "it would not help"),
            ("Poe", poeErrorType.map { "error_type \($0)" } ?? "no error_type"),
            ("OpenAI API", "\(openAIStatus) \(words)"), ("operator", needsOperator ? "has to act" : "need not act"),
        ]
    }

    /// The same for scripts.
    fileprivate var readers: JSONObject {
        [
            "user_text": .string(userText), "user_may_retry": .bool(allowsRetry),
            "poe_error_type": poeErrorType.map { .string($0) } ?? .null,
            "openai": [
                "status": .integer(openAIStatus), "type": .string(openAI.type),
                "code": openAI.code.map { .string($0) } ?? .null,
            ],
            "operator_must_act": .bool(needsOperator),
        ]
    }
}

extension Terminal {
    fileprivate func output(_ name: String, _ origin: String, meaning: String, rows: [(String, String)]) {
        let style = outputStyle
        output("\(style.bold(name)) \(origin)")
        output("", meaning, indent: 0)
        output("")
        for (label, text) in rows {
            let padded = label + String(repeating: " ", count: max(1, 15 - label.count))
            output(padded, text, indent: 15, paintLabel: style.bold)
        }
        output("")
        output("All failures: docs/failures.md")
    }
}
