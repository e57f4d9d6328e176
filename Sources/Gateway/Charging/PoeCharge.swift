import BotRuntime
import ChatEvents
import PoePlatform
import Secrets

/// What one answer costs its user, from the reservation to the charge.
struct PoeCharge: Sendable {
    /// How long Poe may take to reserve: it may ask the user, which it does not document.
    private static let authorizeTimeout: Duration = .seconds(60)
    /// How long Poe may take to charge, while the end of the answer waits.
    private static let captureTimeout: Duration = .seconds(15)

    let charging: PoeCharging
    let price: AnswerPrice
    let bot: String
    let queryID: String
    let accessKey: Secret
    let requestID: String

    /// Reserves the most that an answer can cost, before anything is spent on it.
    ///
    /// An answer whose price nobody can be asked for is not given: Poe calls the bot, so Poe that cannot be called back
    /// is the exception, and the operator pays the model. Without a query's id nobody can be charged, and only who has
    /// the bot's key can ask without one: a smoke test, or the operator.
    ///
    /// - Parameters:
    ///   - bound: The most that the answer can take; nil where that is not known.
    ///   - departure: Set when the client leaves.
    ///   - keepAlive: Called now and then meanwhile.
    /// - Returns: What was reserved; with nothing reserved, the result says why.
    /// - Throws: ``ChatFailure`` when the answer must not be given; `CancellationError` when the client has left.
    func authorize(
        _ bound: AnswerCost?, until departure: Latch<Void>, keepAlive: () async throws -> Void
    ) async throws -> AnswerCharge {
        guard !queryID.isEmpty else { return AnswerCharge(.noQuery) }
        guard let milliCents = bound.flatMap(price.milliCents) else { return AnswerCharge(.unpriced) }
        guard milliCents > 0 else { return AnswerCharge(.free) }
        let item = CostItem(milliCents: milliCents, description: "At most, for one answer")
        let verdict: CostVerdict
        do {
            verdict = try await AttendedWait(clock: charging.clock).value(
                until: departure,
                of: {
                    try await charging.platform.value().ask(
                        .authorize, of: item, for: queryID, accessKey: accessKey, within: Self.authorizeTimeout)
                }, keepAlive: keepAlive)
        } catch let error as PoePlatformError {
            charging.report(error, of: .authorize, for: self, milliCents: milliCents)
            // What Poe refuses today it refuses tomorrow: the key, or that the bot may charge at all.
            throw ChatFailure(
                error.code == .refused ? .misconfigured : .unavailable, detail: "authorize: \(error)",
                advice: error.code == .refused ? nil : .paymentNotSettled)
        }
        switch verdict {
        case .accepted: return AnswerCharge(.released, authorizedMilliCents: milliCents)
        case .insufficientFunds(let word):
            throw ChatFailure(.insufficientFunds, detail: "\(milliCents) milli-cents not authorized: \(word)")
        }
    }

    /// Charges what an answer did cost, also when the caller is cancelled meanwhile.
    ///
    /// A failed answer costs its user nothing. One that the user stopped costs what the model had done by then. A call
    /// that fails is not made again, as nobody knows whether it charged; the user keeps the answer.
    ///
    /// - Parameters:
    ///   - answer: How the answer went.
    ///   - reserved: What ``authorize(_:until:keepAlive:)`` returned.
    /// - Returns: What became of it.
    func capture(_ answer: Answer, after reserved: AnswerCharge) async -> AnswerCharge {
        guard reserved.result == .released else { return reserved }
        var charge = reserved
        let wasWorked: Bool
        switch answer.ending {
        case .complete, .cut: wasWorked = true
        case .abandoned: wasWorked = answer.tokens != nil
        case .failed: wasWorked = false
        }
        guard wasWorked else { return charge }
        let used = AnswerCost(answer.tokens)
        guard var milliCents = price.milliCents(for: used) else {
            charge.result = .unpriced
            return charge
        }
        // A count that contradicts itself must not cost its user more than was reserved.
        if answer.tokens?.addsUp == false { milliCents = min(milliCents, reserved.authorizedMilliCents ?? 0) }
        guard milliCents > 0 else { return charge }
        let (amount, item) = (milliCents, CostItem(milliCents: milliCents, description: Self.description(of: used)))
        // In a task of its own, awaited here, so that a client that leaves now still pays for what it got.
        let result = await Task { () -> AnswerCharge.Result in
            do {
                switch try await charging.platform.value().ask(
                    .capture, of: item, for: queryID, accessKey: accessKey, within: Self.captureTimeout)
                {
                case .accepted: return .captured
                case .insufficientFunds(let word):
                    charging.report(
                        PoePlatformError(.refused, "insufficient funds: \(word)"), of: .capture, for: self,
                        milliCents: amount)
                    return .insufficientFunds
                }
            } catch {
                charging.report(error, of: .capture, for: self, milliCents: amount)
                return .failed
            }
        }.value
        charge.result = result
        if result == .captured { charge.capturedMilliCents = amount }
        return charge
    }

    private static func description(of used: AnswerCost) -> String {
        if used.images > 0 { return used.images == 1 ? "1 image" : "\(used.images) images" }
        if used.videoSeconds > 0 { return "\(used.videoSeconds) s of video" }
        return "\(used.usage.input + used.usage.cacheRead + used.usage.cacheWrite) tokens in, \(used.usage.output) out"
    }
}

extension AnswerCost {
    /// What an account says of an answer; nothing without one.
    fileprivate init(_ account: TokenAccount?) {
        self.init(
            usage: account?.usage ?? TokenUsage(input: 0, output: 0), images: account?.images ?? 0,
            videoSeconds: account?.videoSeconds ?? 0)
    }
}
