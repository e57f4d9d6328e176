import BotConfiguration
import Conversation
import Deployment
import Gateway
import Logging
import PoeProtocol
import Rollout
import Suggestions

/// Where the bots are that a person talks to.
enum ChatPlace: Sendable {
    /// A gateway of this process, with the bots as the project's files describe them.
    case ownGateway(Project, bots: [ProjectBot], tokensPerSecond: Double?)
    /// A gateway that runs, with the access key of each bot.
    case running([ChatPartner], upstream: String?)

    /// What stands behind the answers, in a word; nil where nobody here knows.
    var upstream: String? {
        switch self {
        case .ownGateway(let project, _, _): project.environment.upstream.rawValue
        case .running(_, let upstream): upstream
        }
    }

    /// The bots' names.
    var names: [String] {
        switch self {
        case .ownGateway(_, let bots, _): bots.map(\.name)
        case .running(let partners, _): partners.map(\.name)
        }
    }

    /// Whether links to files work only for as long as the command.
    var isTemporary: Bool { if case .ownGateway = self { true } else { false } }

    /// Runs the body while the bots answer.
    ///
    /// - Throws: ``CommandFailure`` when a bot cannot be made, ``RolloutError`` when the gateway does not start, or
    ///   what the body throws.
    func whileServed<Value: Sendable>(
        in context: CommandContext, logger: Logger, _ body: ([ChatPartner]) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .running(let partners, _): return try await body(partners)
        case .ownGateway(let project, let bots, let tokensPerSecond):
            let key = PoeAccessKey.random().secret
            let host = CandidateGateway(
                environment: project.environment.name,
                upstream: context.gatewayUpstream(project.environment.upstream, tokensPerSecond: tokensPerSecond),
                tool: Version.tool, secrets: context.secretResolver(root: project.root), catalog: project.catalog,
                logger: logger)
            do {
                let served = bots.map { GatewayBot(config: $0.config, isEnabled: $0.isEnabled) }
                return try await host.serve(served, accessKey: key) { url in
                    try await body(
                        bots.map { ChatPartner(name: $0.name, url: "\(url)/bots/\($0.name)", accessKey: key) })
                }
            } catch let refusal as CandidateRefusal {
                throw CommandFailure(.failure, "a gateway cannot make the bot: \(refusal.reason)")
            }
        }
    }
}
