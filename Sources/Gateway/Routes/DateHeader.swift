private import Synchronization
import WallClock

/// The `Date` header, made once a second.
///
/// Source: RFC 9110, sections 5.6.7 and 6.6.1.
final class DateHeader: Sendable {
    private struct Cached {
        var second: Int64 = -1
        var text = ""
    }

    private let cached = Mutex(Cached())
    private let clock: WallClock

    init(clock: WallClock) { self.clock = clock }

    /// The header's value for now: `Sat, 21 Nov 2026 03:18:24 GMT`.
    var value: String {
        let now = clock.now()
        let second = now.millisecondsSinceEpoch / 1000
        return cached.withLock { cached in
            if cached.second != second { cached = Cached(second: second, text: Self.text(of: now)) }
            return cached.text
        }
    }

    /// The format of RFC 9110 (IMF-fixdate).
    static func text(of time: Timestamp) -> String {
        // `2026-11-21T03:18:24Z` holds all parts but the day of the week; 1970-01-01 was a Thursday.
        let parts = time.iso8601.split { "-T:Z".contains($0) }
        guard parts.count == 6, let month = Int(parts[1]), (1...12).contains(month) else { return time.iso8601 }
        let day = ((time.millisecondsSinceEpoch / 86_400_000) % 7 + 7 + 4) % 7
        return "\(days[Int(day)]), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
