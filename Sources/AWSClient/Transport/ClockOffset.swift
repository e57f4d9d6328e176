import Synchronization
import WallClock

/// How far a service's clock is ahead of this machine's, as far as that has shown.
///
/// A signature holds for five minutes only, so a machine whose clock is off could otherwise do nothing at all. The rule
/// is that of other clients of the vendor's and no documented one: a signature that a service calls wrong counts as a
/// matter of time when the answer's `Date` is four minutes off.
final class ClockOffset: Sendable {
    private static let threshold = Duration.seconds(240)
    /// After a longer wait the answer's time says nothing about the clock.
    private static let longestRoundTrip = Duration.seconds(60)
    private static let certainCodes: Set<String> = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]
    private static let possibleCodes: Set<String> = [
        "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure",
    ]

    private let offset = Mutex(Duration.zero)

    /// What is added to the machine's time.
    var value: Duration { offset.withLock { $0 } }

    /// Sees whether an error comes from a clock that is off, and corrects it then.
    ///
    /// - Parameters:
    ///   - error: What the service answered.
    ///   - date: The answer's `Date`.
    ///   - sent: The machine's time when the request was sent.
    ///   - received: The same when the answer was there.
    /// - Returns: Whether the next signature will have another time.
    func isCorrected(by error: AWSServiceError, date: String?, sent: Timestamp, received: Timestamp) -> Bool {
        guard let code = error.code else { return false }
        let isCertain =
            Self.certainCodes.contains(code) || error.message.contains("Signature expired")
            || error.message.contains("Signature not yet current")
        guard isCertain || Self.possibleCodes.contains(code), let date, let server = HTTPDate.timestamp(date),
            received.since(sent) < Self.longestRoundTrip
        else { return false }
        let found = server.since(received)
        return offset.withLock { offset in
            let change = found - offset
            guard isCertain ? change != .zero : change >= Self.threshold || change <= .zero - Self.threshold else {
                return false
            }
            offset = found
            return true
        }
    }
}
