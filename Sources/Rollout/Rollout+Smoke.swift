import BotConfiguration
import BotRuntime
import Deployment
import Gateway
import PoeProtocol
import Secrets
import SmokeTesting

extension Rollout {
    /// A bot that a rollout asks, with the key of its live door.
    struct Subject: Sendable {
        var bot: RolloutBot
        var accessKey: Secret
    }

    /// The bots that are to be asked, with their keys: what cannot be asked live must not be written first.
    func subjects() async throws -> [Subject] {
        var subjects: [Subject] = []
        for change in plan.changes where change.needsSmokeTest {
            guard let bot = bots[change.name] else {
                throw RolloutError(
                    .missingBot, "the plan changes '\(change.name)', and the project holds no such bot to be asked",
                    hint: "plan again from the files as they are now")
            }
            let key: PoeAccessKey
            do {
                key = try await world.accessKey(bot.config)
            } catch {
                throw RolloutError(
                    .accessKey, "'\(change.name)' cannot be asked: \(error)",
                    hint: "a deploy asks the bot through the gateway, so it needs the key that the gateways have",
                    cause: error)
            }
            subjects.append(Subject(bot: bot, accessKey: key.secret))
        }
        return subjects
    }

    /// Asks the candidate on a gateway of its own.
    ///
    /// - Returns: The end of the rollout, or nil when it goes on.
    func tryCandidate(_ subjects: [Subject], _ onEvent: (RolloutEvent) -> Void) async throws -> RolloutEnd? {
        guard !subjects.isEmpty else { return nil }
        let key = Secret(world.randomText())
        let report: SmokeReport
        do {
            report = try await world.candidate.serve(
                subjects.map { GatewayBot(config: $0.bot.config) }, accessKey: key
            ) { url in
                try await ask(subjects.map { Subject(bot: $0.bot, accessKey: key) }, at: url, .candidate, onEvent)
            }
        } catch let refusal as CandidateRefusal {
            return .candidateCannotBuild(reason: refusal.reason)
        }
        switch report.result {
        case .pass: return nil
        case .fail: return .candidateFailed(report)
        case .inconclusive:
            guard let reason = options.acceptInconclusive else { return .candidateInconclusive(report) }
            onEvent(.inconclusiveAccepted(reason: reason))
            return nil
        }
    }

    /// Asks every subject its cases at one gateway.
    func ask(
        _ subjects: [Subject], at url: String, _ stage: RolloutEvent.Stage, _ onEvent: (RolloutEvent) -> Void
    ) async throws -> SmokeReport {
        let base = url.hasSuffix("/") ? String(url.dropLast()) : url
        let targets = subjects.map { subject in
            SmokeTarget(
                bot: subject.bot.config.name, digest: subject.bot.config.digest,
                url: "\(base)/bots/\(subject.bot.config.name)", accessKey: subject.accessKey, cases: subject.bot.cases,
                asksForPicture: subject.bot.config.needsPicture)
        }
        onEvent(.smokeStarted(stage, bots: targets.count))
        let report = try await world.smoke.run(targets, upstream: world.upstream) { onEvent(.verdict(stage, $0)) }
        onEvent(.smokeFinished(stage, report))
        return report
    }
}
