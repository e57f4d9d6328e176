/// A point in time in UTC, to the millisecond.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds left out.
    package let millisecondsSinceEpoch: Int64

    package init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// The point that lies that long after this one, in whole milliseconds.
    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(
            millisecondsSinceEpoch: millisecondsSinceEpoch + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// How long after `other` this point lies; negative when before it.
    package func since(_ other: Timestamp) -> Duration {
        .milliseconds(millisecondsSinceEpoch - other.millisecondsSinceEpoch)
    }
}

// MARK: - Texts

extension Timestamp {
    /// ISO 8601 to the second: `2026-11-21T03:18:24Z`.
    package var iso8601: String {
        let parts = calendar
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
            + "T\(padded(parts.hour, 2)):\(padded(parts.minute, 2)):\(padded(parts.second, 2))Z"
    }

    /// The basic form that AWS request signing uses: `20261121T031824Z`.
    package var iso8601Basic: String {
        let parts = calendar
        return "\(padded(parts.year, 4))\(padded(parts.month, 2))\(padded(parts.day, 2))"
            + "T\(padded(parts.hour, 2))\(padded(parts.minute, 2))\(padded(parts.second, 2))Z"
    }

    /// A point from `YYYY-MM-DDThh:mm:ssZ`, with or without a fraction, or from the basic form `YYYYMMDDThhmmssZ`;
    /// nil for anything else, also for a day that does not exist.
    package init?(iso8601 text: String) {
        let main = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var milliseconds: Int64 = 0
        var whole = String(main[0])
        if main.count == 2 {
            guard main[1].last == "Z", let digits = UInt64(main[1].dropLast().prefix(9)) else { return nil }
            var value = Int64(digits)
            let count = main[1].dropLast().prefix(9).count
            for _ in count..<max(count, 3) { value *= 10 }
            for _ in 3..<max(count, 3) { value /= 10 }
            milliseconds = value
            whole += "Z"
        }
        let bytes = Array(whole.utf8)
        let digitPositions: [Int]
        if bytes.count == 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54, bytes[13] == 0x3A,
            bytes[16] == 0x3A, bytes[19] == 0x5A
        {
            digitPositions = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]
        } else if bytes.count == 16, bytes[8] == 0x54, bytes[15] == 0x5A {
            digitPositions = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14]
        } else {
            return nil
        }
        var digits: [Int64] = []
        for position in digitPositions {
            guard (0x30...0x39).contains(bytes[position]) else { return nil }
            digits.append(Int64(bytes[position] - 0x30))
        }
        func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60 else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        self.init(
            millisecondsSinceEpoch: ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + milliseconds)
        let back = calendar
        guard back.month == month, back.day == day else { return nil }
    }
}

// MARK: - The calendar

extension Timestamp {
    /// Days since 1970-01-01 of a date in the proleptic Gregorian calendar
    /// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Date and time of day (the same source, `civil_from_days`).
    private var calendar: (year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64) {
        let remainder = millisecondsSinceEpoch % 1000
        let seconds = millisecondsSinceEpoch / 1000 - (remainder < 0 ? 1 : 0)
        let days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let timeOfDay = seconds - days * 86400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, day, timeOfDay / 3600, timeOfDay / 60 % 60, timeOfDay % 60)
    }
}

private func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
