import WallClock

/// A bucket that is full at first, fills again evenly within a minute, and gives what is in it.
///
/// It may hold less than nothing: an answer can cost more than was kept back for it.
struct TokenBucket: Sendable, Hashable {
    private static let milliseconds: Int64 = 60_000

    /// What goes in within a minute, and the most that it holds.
    let perMinute: Int
    /// What it holds, in parts of which a token has 60,000, so that nothing is lost to rounding.
    private var level: Int64
    private var filled: Timestamp

    init(perMinute: Int, now: Timestamp) {
        self.perMinute = perMinute
        level = Int64(perMinute) * Self.milliseconds
        filled = now
    }

    /// The whole tokens in it.
    var tokens: Int {
        Int(level >= 0 ? level / Self.milliseconds : (level - Self.milliseconds + 1) / Self.milliseconds)
    }

    /// Lets in what has flowed since the last time; a clock that goes back lets nothing in.
    mutating func fill(now: Timestamp) {
        let elapsed = min(max(now.millisecondsSinceEpoch - filled.millisecondsSinceEpoch, 0), 1 << 20)
        filled = now
        level = min(level + elapsed * Int64(perMinute), Int64(perMinute) * Self.milliseconds)
    }

    /// Takes tokens out, whether they are there or not; a negative number puts tokens back.
    mutating func take(_ tokens: Int) {
        level = min(level - Int64(tokens) * Self.milliseconds, Int64(perMinute) * Self.milliseconds)
    }

    /// How long until that many tokens are in it; nil when it never holds so many.
    func wait(for tokens: Int) -> Duration? {
        guard tokens <= perMinute else { return nil }
        let missing = Int64(tokens) * Self.milliseconds - level
        return missing <= 0 ? .zero : .milliseconds((missing + Int64(perMinute) - 1) / Int64(perMinute))
    }
}
