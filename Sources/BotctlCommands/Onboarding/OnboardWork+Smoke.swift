import AsyncHTTPClient
import BotConfiguration
import DiagnosticRendering
import Gateway
import PoeProtocol
import Rollout
import Scaffolding
import Secrets
import SmokeTesting

extension OnboardWork {
    /// Boots a gateway of this process with the bot and a key for the occasion, and asks the bot its smoke cases.
    mutating func serveAndAsk(_ bot: ProjectBot, of project: Project) async throws {
        begin("boot")
        let upstream: EnvironmentSettings.Upstream = run.wish.isLive ? .aws : .simulator
        let candidate = CandidateGateway(
            environment: project.environment.name, upstream: run.context.gatewayUpstream(upstream), tool: Version.tool,
            secrets: run.context.secretResolver(root: project.root), catalog: project.catalog, logger: run.logger)
        let key = Secret.random(count: 32)
        let smoke: SmokeReport
        do {
            smoke = try await candidate.serve([GatewayBot(config: bot.config)], accessKey: key) { url in
                end(.done, "a gateway of this process, over \(upstream == .aws ? "Amazon Bedrock" : "the simulator")")
                begin("smoke")
                let target = SmokeTarget(
                    bot: bot.name, digest: bot.stored.digest, url: "\(url)/bots/\(bot.name)", accessKey: key,
                    cases: bot.smoke)
                return try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
                    try await SmokeRunner(client: PoeClient(http: http)).run([target], upstream: upstream.rawValue)
                }
            }
        } catch let refusal as CandidateRefusal {
            throw CommandFailure(.smokeFailed, "a gateway cannot make the bot: \(refusal.reason)", hint: kept)
        }
        report.smoke = smoke
        let lines = smoke.verdicts.map(line)
        guard smoke.result == .pass else {
            end(.failed, smoke.summary, lines: lines)
            throw CommandFailure(.smokeFailed, "the bot did not pass its smoke test", hint: hint(for: smoke))
        }
        end(.done, smoke.summary, lines: lines)
    }

    private func line(_ verdict: SmokeVerdict) -> String {
        let times = [
            verdict.firstEvent.map { "first event after \(DurationView.text($0))" },
            "whole answer after \(DurationView.text(verdict.total))",
        ]
        let reason = verdict.reason.map { ": \($0.printable)" } ?? ""
        return "\(verdict.smokeCase.printable) \(verdict.result.rawValue)\(reason), "
            + times.compactMap(\.self).joined(separator: ", ")
    }

    private func hint(for smoke: SmokeReport) -> String {
        let next =
            run.wish.isLive
            ? "the reason above is the service's own"
            : "'botctl show \(report.bot ?? "NAME") --origin' shows where its smoke cases were written"
        return kept.map { "\(next); \($0)" } ?? next
    }

    /// What became of the files.
    var kept: String? {
        guard report.isWritten else { return nil }
        let paths = report.files.map(\.path)
        guard paths.contains(where: { !$0.hasPrefix("catalog.d/") }) else {
            return "\(paths.joined(separator: ", ")) stays, as it is valid; remove it if you do not want these facts"
        }
        return "the files stay, as they are valid; remove them if you do not want the bot"
    }
}
