import JSONCoding
import Scaffolding
import SmokeTesting

/// What came of an onboarding.
struct OnboardReport: Sendable {
    /// One step.
    struct Step: Sendable {
        let name: String
        let mark: StepProgress.Mark
        let text: String
        let lines: [String]
        let time: Duration
    }

    let modelID: String
    /// The bot's name, once it is known.
    var bot: String?
    /// The model service that was asked.
    let upstream: String
    var steps: [Step] = []
    /// The files that were made, in the order in which they are written.
    var files: [ScaffoldedFile] = []
    /// Whether the files are on disk.
    var isWritten = false
    var smoke: SmokeReport?
    /// What stopped it; nil when every step was taken.
    var failure: CommandFailure?
    /// From the first step to the last.
    var total: Duration = .zero

    /// The exit status.
    var status: CommandStatus { failure?.status ?? .ok }

    /// The report for scripts.
    var json: JSONObject {
        var object: JSONObject = [
            "model": .string(modelID), "bot": bot.map { .string($0) } ?? .null, "upstream": .string(upstream),
            "total_ms": .integer(total.wholeMilliseconds),
            "steps": .array(
                steps.map {
                    [
                        "name": .string($0.name), "result": .string($0.mark.rawValue), "text": .string($0.text),
                        "notes": .array($0.lines.map { .string($0) }), "ms": .integer($0.time.wholeMilliseconds),
                    ]
                }),
            "files": .array(
                files.map {
                    ["path": .string($0.path), "written": .bool(isWritten), "text": .string($0.text)]
                }),
            "smoke": smoke?.json ?? .null,
        ]
        if let failure { object.append("error", Self.json(of: failure)) }
        return object
    }

    /// What stopped it, for scripts.
    static func json(of failure: CommandFailure) -> JSONValue {
        var error: JSONObject = ["message": .string(failure.message), "status": .integer(failure.status.rawValue)]
        error["hint"] = failure.hint.map { .string($0) }
        return .object(error)
    }
}

extension Duration {
    /// The length in whole milliseconds.
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
