import BotConfiguration
import Gateway
import PoeProtocol
import Rollout
import SmokeTesting

extension OnboardingWork {
    /// Boots a gateway of this process with the bot and a key for the occasion, and asks the bot its smoke cases.
    mutating func serveAndAsk(_ bot: ProjectBot, of project: Project, _ onEvent: Listener) async throws {
        begin(.boot, onEvent)
        let key = dependencies.makeAccessKey().secret
        let (tester, service) = (dependencies.smoke, report.upstream)
        let smoke: SmokeReport
        do {
            let host = dependencies.makeHost(project)
            smoke = try await host.serve([GatewayBot(config: bot.config)], accessKey: key) { url in
                end(.serving(service), onEvent)
                begin(.smoke, onEvent)
                let target = SmokeTarget(
                    bot: bot.name, digest: bot.stored.digest, url: "\(url)/bots/\(bot.name)", accessKey: key,
                    cases: bot.smoke, asksForPicture: bot.config.needsPicture)
                return try await tester.run([target], upstream: service.rawValue, onVerdict: { _ in })
            }
        } catch let refusal as CandidateRefusal {
            throw OnboardingFailure.cannotBuild(reason: refusal.reason)
        }
        report.smoke = smoke
        guard smoke.result == .pass else { throw OnboardingFailure.smokeFailed(smoke) }
        end(.passed(smoke), onEvent)
    }
}
