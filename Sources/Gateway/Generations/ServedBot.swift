import BotConfiguration
import BotRuntime
import Secrets

/// One bot of one generation.
struct ServedBot: Sendable {
    /// What stands behind the bot's path.
    enum Service: Sendable {
        /// The bot answers.
        case ready(handler: any BotHandler)
        /// The bot is switched off; its settings are still told.
        case disabled(handler: any BotHandler)
        /// The bot could not be made; the reason is for operators.
        case unavailable(reason: String)
    }

    /// The bot's own name.
    let name: String
    /// What was deployed of it.
    let digest: ContentDigest
    let service: Service
    /// What Poe must call with: any of these.
    ///
    /// Empty when none could be found, and then the bot is unavailable.
    let accessKeys: [Secret]
    /// Counts what the bot does, across generations.
    let gate: BotGate

    /// The handler, whether or not it may answer.
    var handler: (any BotHandler)? {
        switch service {
        case .ready(let handler), .disabled(let handler): handler
        case .unavailable: nil
        }
    }
}
