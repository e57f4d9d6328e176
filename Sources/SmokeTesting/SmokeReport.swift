package import JSONCoding

/// The verdicts of a run.
package struct SmokeReport: Hashable, Sendable {
    /// The model service that stood behind the answers, `simulator` or `aws`.
    ///
    /// A pass on the simulator says nothing about a model.
    package var upstream: String
    /// In the order of the targets and their cases.
    package var verdicts: [SmokeVerdict]

    package init(upstream: String, verdicts: [SmokeVerdict]) {
        self.upstream = upstream
        self.verdicts = verdicts
    }

    /// How many verdicts have that result.
    package func count(_ result: SmokeVerdict.Result) -> Int { verdicts.count { $0.result == result } }

    /// The worst of all verdicts; a failure is worse than an inconclusive one.
    package var result: SmokeVerdict.Result {
        if count(.fail) > 0 { return .fail }
        return count(.inconclusive) > 0 ? .inconclusive : .pass
    }

    /// Whether nothing answers where the gateway should be, so that no bot could be asked.
    package var isWithoutGateway: Bool { !verdicts.isEmpty && verdicts.allSatisfy(\.isWithoutGateway) }

    /// How it went, in words: "11 passed, 1 failed on the simulator".
    package var summary: String {
        var parts = ["\(count(.pass)) passed"]
        if count(.fail) > 0 { parts.append("\(count(.fail)) failed") }
        if count(.inconclusive) > 0 { parts.append("\(count(.inconclusive)) inconclusive") }
        return parts.joined(separator: ", ") + (upstream == "simulator" ? " on the simulator" : " on \(upstream)")
    }

    /// The report for scripts and for the state store; times in milliseconds.
    package var json: JSONValue {
        [
            "upstream": .string(upstream), "result": .string(result.rawValue),
            "passed": .integer(count(.pass)), "failed": .integer(count(.fail)),
            "inconclusive": .integer(count(.inconclusive)), "verdicts": .array(verdicts.map(\.json)),
        ]
    }
}

extension SmokeVerdict {
    /// The verdict for scripts.
    package var json: JSONValue {
        [
            "bot": .string(bot), "case": .string(smokeCase), "result": .string(result.rawValue),
            "reason": reason.map { .string($0) } ?? .null,
            "first_event_ms": firstEvent.map { .integer($0.wholeMilliseconds) } ?? .null,
            "total_ms": .integer(total.wholeMilliseconds),
            "request_id": requestID.map { .string($0) } ?? .null,
        ]
    }
}

extension Duration {
    /// The length in whole milliseconds.
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
