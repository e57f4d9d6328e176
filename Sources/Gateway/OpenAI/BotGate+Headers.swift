import HTTPTypes

extension BotGate.Room {
    /// The room as the OpenAI API tells it.
    ///
    /// Source: OpenAI API documentation, "Rate limits", headers.
    var headers: [(name: HTTPField.Name, value: String)] {
        [
            (.rateLimit, String(limit)), (.rateRemaining, String(remaining)),
            (.rateReset, Self.text(of: untilAll)),
        ]
    }

    /// After how many whole seconds another request is taken.
    var secondsToNext: Int { max(1, Int(Self.milliseconds(of: untilNext) + 999) / 1000) }

    /// A length of time as the API writes it: `6m0s`, `1.2s`, `120ms`.
    private static func text(of duration: Duration) -> String {
        let milliseconds = milliseconds(of: duration)
        guard milliseconds >= 1000 else { return "\(milliseconds)ms" }
        let (minutes, rest) = (milliseconds / 60_000, milliseconds % 60_000)
        let tenths = rest % 1000 / 100
        let seconds = "\(rest / 1000)" + (tenths > 0 ? ".\(tenths)" : "") + "s"
        return minutes > 0 ? "\(minutes)m\(seconds)" : seconds
    }

    private static func milliseconds(of duration: Duration) -> Int64 { max(0, duration.wholeMilliseconds) }
}
