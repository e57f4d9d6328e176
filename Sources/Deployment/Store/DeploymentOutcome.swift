package import JSONCoding
package import WallClock

/// What became of one serial after it was written.
package struct DeploymentOutcome: Hashable, Sendable {
    /// How it ended, in a word; any word, so that an outcome of a newer botctl can still be read.
    package struct Result: RawRepresentable, Hashable, Sendable {
        /// Every live replica served it and its smoke cases passed.
        package static let verified = Result(rawValue: "verified")
        /// It was written, and nothing was there to serve or test it.
        package static let unserved = Result(rawValue: "unserved")
        /// Every live replica served it; its smoke cases told nothing, because the upstream was down.
        package static let inconclusive = Result(rawValue: "inconclusive")
        /// A live replica did not report it in time.
        package static let notConverged = Result(rawValue: "not_converged")
        /// It was replaced by the bots of the serial before.
        package static let rolledBack = Result(rawValue: "rolled_back")
        /// It failed, and could not be rolled back.
        package static let failed = Result(rawValue: "failed")
        /// The deploy was stopped before its end was known.
        package static let interrupted = Result(rawValue: "interrupted")

        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }
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
        self.init(
            serial: try record.integer("serial", in: 1...Int.max),
            result: Result(rawValue: try record.string("result")),
            reason: try record.string("reason"),
            rolledBackTo: record.optionalValue("rolled_back_to") == nil
                ? nil : try record.integer("rolled_back_to", in: 1...Int.max),
            at: try record.timestamp("at"), smoke: record.optionalValue("smoke"))
    }
}
