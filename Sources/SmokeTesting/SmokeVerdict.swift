/// What became of one smoke case.
package struct SmokeVerdict: Hashable, Sendable {
    /// Whether the bot is good.
    package enum Result: String, Hashable, Sendable, CaseIterable {
        case pass, fail
        /// Nothing can be said of the bot: the gateway or the model service was not there.
        case inconclusive
    }

    package var bot: String
    package var smokeCase: String
    package var result: Result
    /// What was expected and what came; nil for a pass.
    package var reason: String?
    /// The time to the first event after `meta`; nil when there was none.
    package var firstEvent: Duration?
    /// The time to the end of the answer.
    package var total: Duration
    /// The gateway's id of the request.
    package var requestID: String?
    /// Whether nothing answers where the gateway should be.
    package var isWithoutGateway = false

    package init(
        bot: String, smokeCase: String, result: Result, reason: String? = nil, firstEvent: Duration? = nil,
        total: Duration, requestID: String? = nil
    ) {
        self.bot = bot
        self.smokeCase = smokeCase
        self.result = result
        self.reason = reason
        self.firstEvent = firstEvent
        self.total = total
        self.requestID = requestID
    }
}
