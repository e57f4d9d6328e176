package import JSONCoding
package import WallClock

/// What became of one serial after it was written.
package struct DeploymentOutcome: Hashable, Sendable {
    /// How it ended.
    package enum Result: String, Hashable, Sendable, CaseIterable {
        /// Every live replica served it and its smoke cases passed.
        case verified
        /// It was written, and nothing was there to serve or test it.
        case unserved
        /// Every live replica served it; its smoke cases told nothing, because the upstream was down.
        case inconclusive
        /// A live replica did not report it in time.
        case notConverged = "not_converged"
        /// It was replaced by the bots of the serial before.
        case rolledBack = "rolled_back"
        /// It failed, and could not be rolled back.
        case failed
        /// The deploy was stopped before its end was known.
        case interrupted
    }

    static let format = 1

    package var serial: Int
    package var result: Result
    /// Why, in a sentence without a full stop.
    package var reason: String
    /// The serial that took its place; set when it was rolled back.
    package var rolledBackTo: Int?
    package var at: Timestamp
    /// The report of the smoke cases, as the smoke runner wrote it; nil when none were run.
    package var smoke: JSONValue?

    package init(
        serial: Int, result: Result, reason: String, rolledBackTo: Int? = nil, at: Timestamp, smoke: JSONValue? = nil
    ) {
        self.serial = serial
        self.result = result
        self.reason = reason
        self.rolledBackTo = rolledBackTo
        self.at = at
        self.smoke = smoke
    }
}

extension DeploymentOutcome {
    /// The outcome as JSON.
    package var json: JSONValue {
        [
            "format": .integer(Self.format),
            "serial": .integer(serial),
            "result": .string(result.rawValue),
            "reason": .string(reason),
            "rolled_back_to": rolledBackTo.map { .integer($0) } ?? .null,
            "at": .string(at.iso8601),
            "smoke": smoke ?? .null,
        ]
    }

    /// Reads a stored outcome.
    ///
    /// - Throws: ``StateStoreError`` with the code `corrupt` or `newerFormat`.
    init(decoding bytes: [UInt8]) throws {
        let record = try StoredRecord(bytes, subject: "outcome", format: Self.format)
        let text = try record.string("result")
        guard let result = Result(rawValue: text) else {
            throw StateStoreError(.corrupt, "the outcome cannot be read: '\(text)' is no result")
        }
        self.init(
            serial: try record.integer("serial", in: 1...Int.max), result: result,
            reason: try record.string("reason"),
            rolledBackTo: record.optionalValue("rolled_back_to") == nil
                ? nil : try record.integer("rolled_back_to", in: 1...Int.max),
            at: try record.timestamp("at"), smoke: record.optionalValue("smoke"))
    }
}
