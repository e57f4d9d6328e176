import Deployment
import JSONCoding
import Rollout
import SmokeTesting

/// How a deploy ended: its exit status, its JSON, and what people read.
struct RolloutEndView {
    let end: RolloutEnd
    let environment: String
    /// Where the project is, for commands that go on with it.
    let flags: PlaceFlags
    /// The models of the bots under way that the simulator, which is asked, can know nothing of.
    var unknownModels: [String] = []
    /// Where the environment says that its gateway is.
    var gatewayURL: String?

    /// The exit status.
    var status: CommandStatus {
        switch end {
        case .nothingToDo, .deployed: .ok
        case .unserved(_, let wasRequired): wasRequired ? .notConverged : .ok
        case .refused: .refused
        case .candidateFailed, .candidateCannotBuild, .candidateInconclusive, .liveInconclusive: .smokeFailed
        case .notConverged, .rolledBack: .notConverged
        case .notRolledBack(_, _, let error):
            (error as? StateStoreError)?.code == .conflict ? .conflict : .failure
        case .interrupted: .failure
        }
    }

    /// Writes what happened, and what to do next, to standard error.
    func show(_ terminal: Terminal) {
        let style = terminal.errorStyle
        let text = text
        let heading =
            switch text.mood {
            case .good: style.green(text.heading)
            case .doubtful: style.yellow(text.heading)
            case .bad: style.red(text.heading)
            }
        guard !text.message.isEmpty else { return }
        terminal.note(text.message, after: "\(heading): ", columns: text.heading.count + 2, indent: 2)
        if let help = text.help {
            terminal.note(help, after: "  \(style.cyan("help:")) ", columns: 8, indent: 8)
        }
    }

    /// A command about the environment of the deploy, whether it was named or the default one.
    private func command(_ name: String) -> String {
        var flags = flags
        flags.environment = ["-e", environment]
        return flags.command(name)
    }

    /// What to do about models that the simulator does not play; nil where it knows all.
    private var hintOnModels: String? {
        guard let model = unknownModels.first else { return nil }
        return "the simulator plays no model that no catalog knows: write '\(model)' into catalog.d, where "
            + "'id: \(model)' is enough"
    }

    /// What to do where nothing answers at the gateway's place; nil where something does.
    private func hintOnGateway(_ live: SmokeReport) -> String? {
        guard live.isWithoutGateway, let gatewayURL else { return nil }
        return Self.hintOnGateway(at: gatewayURL, of: environment) + "; then '\(command("smoke"))' asks again"
    }

    /// What to do where nothing answers at the place that an environment names.
    static func hintOnGateway(at url: String, of environment: String) -> String {
        "nothing answers at \(url), which 'gateway.url' of '\(environment)' in botctl.yaml says, or its default: start a "
            + "gateway there, or write where it is"
    }

    private enum Mood {
        case good, doubtful, bad
    }

    private var text: (mood: Mood, heading: String, message: String, help: String?) {
        switch end {
        case .nothingToDo: (.good, "", "", nil)
        case .refused(let refusals):
            (.bad, "refused", refusals.first?.message ?? "", refusals.first?.hint)
        case .candidateFailed:
            (.bad, "not deployed", "the candidate failed its smoke cases; nothing was written", hintOnModels)
        case .candidateCannotBuild(let reason):
            (.bad, "not deployed", "a gateway cannot make it: \(reason); nothing was written", nil)
        case .candidateInconclusive:
            (
                .bad, "not deployed", "the candidate could not be judged; nothing was written",
                "try again when the upstream is back, or pass --accept-inconclusive REASON"
            )
        case .deployed(let serial, let state, let live):
            (
                .good, "deployed",
                "\(environment) is at serial \(serial), \(Count.text(state.liveCount, "gateway"))"
                    + (live.map { ", \($0.summary)" } ?? ""), nil
            )
        case .unserved(let serial, _):
            (
                .doubtful, "written", "\(environment) is at serial \(serial), and no gateway is live to serve it",
                "start one with '\(command("serve"))', then run '\(command("smoke"))'"
            )
        case .liveInconclusive(let serial, let live):
            (
                .doubtful, "deployed, not verified", "\(environment) is at serial \(serial); \(live.summary)",
                hintOnGateway(live) ?? "'\(command("smoke"))' asks again"
            )
        case .notConverged(let serial, let state):
            (
                .bad, "not converged",
                "serial \(serial) is written, and \(state.behind.joined(separator: ", ")) did not serve it in time",
                "look at that gateway's log; it serves the serial as soon as it can"
            )
        case .rolledBack(let back):
            (
                .bad, "rolled back",
                "serial \(back.from) was bad: \(back.cause.description); "
                    + "serial \(back.serial) holds the bots from before", nil
            )
        case .notRolledBack(let serial, let cause, let error):
            (
                .bad, "not rolled back",
                "serial \(serial) is bad: \(cause.description); taking it back failed: \(error)",
                "see '\(command("history"))' for what is deployed now"
            )
        case .interrupted(let serial, let wasWritten):
            (
                .bad, "stopped",
                wasWritten
                    ? "serial \(serial) is written, but was not verified"
                    : "nothing was written; serial \(serial) stays",
                wasWritten ? "'\(command("smoke"))' asks the bots" : nil
            )
        }
    }

    /// It for scripts.
    var json: JSONValue {
        var object: JSONObject = ["result": .string(name), "message": .string(text.message)]
        switch end {
        case .nothingToDo, .refused, .candidateCannotBuild: break
        case .candidateFailed(let report), .candidateInconclusive(let report): object["smoke"] = report.json
        case .deployed(let serial, let state, let live):
            object["serial"] = .integer(serial)
            object["gateways"] = .integer(state.liveCount)
            object["smoke"] = live?.json ?? .null
        case .unserved(let serial, _): object["serial"] = .integer(serial)
        case .liveInconclusive(let serial, let live):
            object["serial"] = .integer(serial)
            object["smoke"] = live.json
        case .notConverged(let serial, let state):
            object["serial"] = .integer(serial)
            object["lagging"] = .array(state.behind.map { .string($0) })
        case .rolledBack(let back):
            object["serial"] = .integer(back.from)
            object["rolled_back_to"] = .integer(back.serial)
            object["reason"] = .string(back.cause.description)
        case .notRolledBack(let serial, let cause, _):
            object["serial"] = .integer(serial)
            object["reason"] = .string(cause.description)
        case .interrupted(let serial, let wasWritten):
            object["serial"] = .integer(serial)
            object["was_written"] = .bool(wasWritten)
        }
        return .object(object)
    }

    private var name: String {
        switch end {
        case .nothingToDo: "unchanged"
        case .refused: "refused"
        case .candidateFailed: "candidate_failed"
        case .candidateCannotBuild: "candidate_cannot_build"
        case .candidateInconclusive: "candidate_inconclusive"
        case .deployed: "deployed"
        case .unserved: "unserved"
        case .liveInconclusive: "live_inconclusive"
        case .notConverged: "not_converged"
        case .rolledBack: "rolled_back"
        case .notRolledBack: "not_rolled_back"
        case .interrupted: "interrupted"
        }
    }
}
