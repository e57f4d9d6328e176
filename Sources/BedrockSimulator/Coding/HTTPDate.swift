import WallClock

/// Times as HTTP headers write them.
enum HTTPDate {
    /// The time as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    static func text(of time: Timestamp) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let iso = Array(time.iso8601.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: iso[range], as: UTF8.self) }
        let day = days[Int(max(0, time.millisecondsSinceEpoch) / 86_400_000 % 7)]
        let month = months[(Int(part(5..<7)) ?? 1) - 1]
        return "\(day), \(part(8..<10)) \(month) \(part(0..<4)) \(part(11..<19)) GMT"
    }
}

extension Timestamp {
    /// ISO 8601 with milliseconds: `2026-11-21T03:18:24.005Z`.
    var iso8601Milliseconds: String {
        let fraction = String(millisecondsSinceEpoch % 1000 + 1000).dropFirst()
        return "\(iso8601.dropLast()).\(fraction)Z"
    }
}
