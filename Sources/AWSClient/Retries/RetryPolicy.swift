/// When a failed request is sent again, and what it costs of the quota.
///
/// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", standard mode.
package struct RetryPolicy: Hashable, Sendable {
    /// Which edition of the standard mode is followed.
    package enum Behavior: Hashable, Sendable {
        /// That of 2026: short waits after passing failures, long ones after throttling, `x-amz-retry-after` obeyed.
        case revised
        /// That of the years before: one wait for all failures.
        case classic
    }

    /// Which edition of the standard mode is followed.
    package let behavior: Behavior

    /// Makes a policy.
    package init(_ behavior: Behavior = .revised) { self.behavior = behavior }

    /// The longest wait that is computed.
    private static let longestDelay = Duration.seconds(20)
    /// How much longer than that a service may ask for.
    private static let allowance = Duration.seconds(5)
    /// The longest wait that a plain `Retry-After` is obeyed for; a longer one is no matter of a waiting user.
    private static let longestRetryAfter = Duration.seconds(20)

    /// What sending a request again takes from the quota.
    package func cost(of kind: RetryKind) -> Int {
        switch (behavior, kind) {
        case (.revised, .throttling), (.classic, .throttling), (.classic, .transient): 5
        case (.revised, .transient), (.revised, .timeout): 14
        case (.classic, .timeout): 10
        }
    }

    /// How long to wait before a retry.
    ///
    /// - Parameters:
    ///   - retry: Which retry of the call it is, from 1.
    ///   - kind: Why there is one.
    ///   - random: A number from 0 up to 1 that spreads the waits of many callers.
    ///   - hint: What the service said of it.
    /// - Returns: The wait.
    package func delay(
        beforeRetry retry: Int, after kind: RetryKind, random: Double, hint: RetryAfterHint = .none
    ) -> Duration {
        let base: Duration =
            switch (behavior, kind) {
            case (.revised, .transient), (.revised, .timeout): .milliseconds(50)
            case (.revised, .throttling), (.classic, _): .seconds(1)
            }
        let factor = 1 << min(max(retry, 1) - 1, 16)
        let computed = min(base * factor, Self.longestDelay) * random
        switch hint {
        case .none: return computed
        case .aws(let wish):
            return behavior == .classic ? computed : max(computed, min(wish, computed + Self.allowance))
        case .http(let wish): return max(computed, min(wish, Self.longestRetryAfter))
        }
    }
}

/// What an answer says of when to come back.
package enum RetryAfterHint: Hashable, Sendable {
    /// Nothing, or nothing that can be understood.
    case none
    /// `x-amz-retry-after`.
    case aws(Duration)
    /// `Retry-After` (RFC 9110, section 10.2.3), which the vendor's clients do not read.
    case http(Duration)

    /// Reads the headers of an answer.
    ///
    /// - Parameters:
    ///   - aws: `x-amz-retry-after`: whole milliseconds.
    ///   - http: `Retry-After`: whole seconds, or a date.
    ///   - secondsUntil: How far a date lies ahead, in seconds; nil when the text is no date.
    package init(aws: String?, http: String?, secondsUntil: (String) -> Int? = { _ in nil }) {
        if let milliseconds = Self.wholeNumber(aws) {
            self = .aws(.milliseconds(milliseconds))
        } else if let seconds = Self.wholeNumber(http) ?? http.flatMap(secondsUntil), seconds >= 0 {
            self = .http(.seconds(seconds))
        } else {
            self = .none
        }
    }

    /// A number of digits alone, at most 10^12 of its unit.
    private static func wholeNumber(_ text: String?) -> Int? {
        guard let text, !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
