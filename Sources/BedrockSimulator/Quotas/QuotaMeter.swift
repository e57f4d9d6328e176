import JSONCoding
import ModelCatalog
import Synchronization
import WallClock

/// The quotas that hold, and how much of them is used.
///
/// Bounded: past ``limit`` models and regions the oldest is forgotten, and starts anew.
final class QuotaMeter: Sendable {
    /// The most models and regions whose use is remembered, and the most quotas.
    static let limit = 1000

    /// Which quota has run out.
    ///
    /// Source of the texts: reports of users of Amazon Bedrock.
    enum Exhaustion: String, Sendable, Hashable, CaseIterable {
        case requests = "requests_per_minute"
        case tokens = "tokens_per_minute"
        case tokensOfDay = "tokens_per_day"

        /// What the service says.
        var message: String {
            switch self {
            case .requests: "Too many requests, please wait before trying again."
            case .tokens: "Too many tokens, please wait before trying again."
            case .tokensOfDay: "Too many tokens per day, please wait before trying again."
            }
        }
    }

    private struct Account {
        let region: String
        let model: String
        var requests: TokenBucket?
        var tokens: TokenBucket?
        var tokensPerDay: Int?
        var day: Int64
        var tokensOfDay = 0
    }

    private struct State {
        var quotas: [Quota]
        /// Changes with the quotas, so that what was kept back under others is not given back to these.
        var generation = 0
        var accounts: [Account] = []
        var refused: [Exhaustion: Int] = [:]
    }

    private let state: Mutex<State>

    init(_ quotas: [Quota]) { state = Mutex(State(quotas: Array(quotas.prefix(Self.limit)))) }

    /// Sets quotas; one for the same model takes the place of the one before, and all buckets are full again.
    ///
    /// - Returns: Whether they are not too many.
    func set(_ quotas: [Quota]) -> Bool {
        state.withLock { state in
            var all = state.quotas
            for quota in quotas {
                if let index = all.firstIndex(where: { $0.model == quota.model }) {
                    all[index] = quota
                } else {
                    all.append(quota)
                }
            }
            guard all.count <= Self.limit else { return false }
            state.quotas = all
            state.generation += 1
            state.accounts = []
            return true
        }
    }

    /// Takes all quotas away.
    func clear() {
        state.withLock { state in
            state.quotas = []
            state.generation += 1
            state.accounts = []
        }
    }

    /// Keeps back what a call may use.
    ///
    /// - Parameters:
    ///   - model: The id as called.
    ///   - region: The region of the call.
    ///   - tokens: The tokens that go in, and the most that may come out.
    ///   - now: The time.
    /// - Returns: What was kept back; nil where no quota holds.
    /// - Throws: ``ServiceError`` when a quota has run out, after which nothing has been taken.
    func reserve(
        _ model: String, in region: String, tokens: Int, now: Timestamp
    ) throws(ServiceError) -> QuotaReservation? {
        let refusal: (Exhaustion, Duration?)?
        var reservation: QuotaReservation?
        (refusal, reservation) = state.withLock { state in
            guard let index = Self.account(of: model, in: region, now: now, &state) else { return (nil, nil) }
            if let refusal = Self.refusal(by: &state.accounts[index], tokens: tokens, now: now) {
                state.refused[refusal.0, default: 0] += 1
                return (refusal, nil)
            }
            state.accounts[index].requests?.take(1)
            state.accounts[index].tokens?.take(tokens)
            state.accounts[index].tokensOfDay += tokens
            return (
                nil,
                QuotaReservation(
                    model: model, region: region, tokens: tokens, generation: state.generation, meter: self)
            )
        }
        guard let (exhaustion, wait) = refusal else { return reservation }
        var error = ServiceError(.throttling, exhaustion.message)
        if let wait { error.headers = ["x-amz-retry-after": "\(wait.wholeMilliseconds)"] }
        throw error
    }

    /// Gives back what was kept back and not used; what was used besides is taken.
    fileprivate func settle(_ reservation: QuotaReservation, used: Int) {
        state.withLock { state in
            guard state.generation == reservation.generation,
                let index = state.accounts.firstIndex(where: {
                    $0.model == reservation.model && $0.region == reservation.region
                })
            else { return }
            state.accounts[index].tokens?.take(used - reservation.tokens)
            state.accounts[index].tokensOfDay = max(0, state.accounts[index].tokensOfDay + used - reservation.tokens)
        }
    }

    private static func account(
        of model: String, in region: String, now: Timestamp, _ state: inout State
    ) -> Int? {
        if let index = state.accounts.firstIndex(where: { $0.model == model && $0.region == region }) { return index }
        let base = ModelCatalog.baseID(of: model)
        let quota =
            state.quotas.first { $0.model == model } ?? state.quotas.first { $0.model == base }
            ?? state.quotas.first { $0.model == nil }
        guard let quota else { return nil }
        if state.accounts.count >= limit { state.accounts.removeFirst() }
        state.accounts.append(
            Account(
                region: region, model: model,
                requests: quota.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) },
                tokens: quota.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) },
                tokensPerDay: quota.tokensPerDay, day: now.millisecondsSinceEpoch / 86_400_000))
        return state.accounts.count - 1
    }

    private static func refusal(
        by account: inout Account, tokens: Int, now: Timestamp
    ) -> (Exhaustion, Duration?)? {
        account.requests?.fill(now: now)
        account.tokens?.fill(now: now)
        let day = now.millisecondsSinceEpoch / 86_400_000
        if day != account.day { (account.day, account.tokensOfDay) = (day, 0) }
        if let limit = account.tokensPerDay, account.tokensOfDay + tokens > limit { return (.tokensOfDay, nil) }
        if let bucket = account.requests, let wait = bucket.wait(for: 1), wait > .zero { return (.requests, wait) }
        guard let bucket = account.tokens else { return nil }
        let wait = bucket.wait(for: tokens)
        return wait == .zero ? nil : (.tokens, wait)
    }

    /// The quotas, what is left of them, and how often they refused, as the control endpoint tells them.
    func json(now: Timestamp) -> JSONValue {
        state.withLock { state in
            let use = state.accounts.indices.map { index -> JSONValue in
                state.accounts[index].requests?.fill(now: now)
                state.accounts[index].tokens?.fill(now: now)
                let account = state.accounts[index]
                var object: JSONObject = ["model": .string(account.model), "region": .string(account.region)]
                if let bucket = account.requests { object.append("requests_left", .integer(bucket.tokens)) }
                if let bucket = account.tokens { object.append("tokens_left", .integer(bucket.tokens)) }
                if account.tokensPerDay != nil { object.append("tokens_of_day", .integer(account.tokensOfDay)) }
                return .object(object)
            }
            let refused = Exhaustion.allCases.map { ($0.rawValue, JSONValue.integer(state.refused[$0] ?? 0)) }
            return [
                "quotas": .array(state.quotas.map(\.json)), "use": .array(use),
                "throttled": .object(JSONObject(refused)),
            ]
        }
    }
}

/// What a call has kept back of a quota until it is known what it uses.
final class QuotaReservation: Sendable {
    let model: String
    let region: String
    let tokens: Int
    let generation: Int
    private let meter: QuotaMeter
    private let isSettled = Mutex(false)

    init(model: String, region: String, tokens: Int, generation: Int, meter: QuotaMeter) {
        self.model = model
        self.region = region
        self.tokens = tokens
        self.generation = generation
        self.meter = meter
    }

    /// Says what the call has used; from the second time on nothing happens.
    func settle(used: Int) {
        let isFirst = isSettled.withLock { isSettled in
            defer { isSettled = true }
            return !isSettled
        }
        if isFirst { meter.settle(self, used: used) }
    }
}

/// What a call has kept back, and what it will have used when it ends.
struct QuotaUse: Sendable {
    let reservation: QuotaReservation
    let used: Int

    /// Ends the call's use of the quota; may be said more than once.
    func settle() { reservation.settle(used: used) }
}
