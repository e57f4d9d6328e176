import BotConfiguration
import BotRuntime
import Logging
import PoePlatform
import Secrets
import WallClock

/// Has users pay for answers, through Poe.
///
/// Before a model is asked, the most that the answer can cost is reserved; afterwards, what it did cost is charged.
/// Source: Poe server-bot protocol, costs.
struct PoeCharging: Sendable {
    /// Poe's side, once it can be called.
    let platform: Latch<PoePlatform>
    /// Counts what went wrong, by bot.
    let complaints: PoeComplaints
    let clock: MonotonicClock
    let wallClock: WallClock
    let logger: Logger

    /// The charge of one query.
    ///
    /// - Parameters:
    ///   - config: The bot.
    ///   - queryID: Poe's id of the query; empty when somebody other than Poe asks.
    ///   - accessKey: The key that Poe called with, so the one that Poe knows.
    ///   - requestID: For the log.
    /// - Returns: The charge; nil for a bot without `pricing`.
    func charge(_ config: BotConfig, queryID: String, accessKey: Secret, requestID: String) -> PoeCharge? {
        guard let price = AnswerPrice(config) else { return nil }
        return PoeCharge(
            charging: self, price: price, bot: config.name, queryID: queryID, accessKey: accessKey,
            requestID: requestID)
    }

    /// Takes note of a call that failed: in the log, and in the count of what went wrong between Poe and the bot.
    func report(_ error: any Error, of request: PoePlatform.CostRequest, for charge: PoeCharge, milliCents: Int) {
        logger.error(
            "a cost could not be settled with Poe",
            metadata: [
                "bot.name": "\(charge.bot)", "request.id": "\(charge.requestID)", "poe.call": "\(request.rawValue)",
                "cost.milli_cents": "\(milliCents)", "error.detail": "\(error)",
            ])
        complaints.add("\(request.rawValue) of a cost: \(error)", about: charge.bot, at: wallClock.now())
    }
}
