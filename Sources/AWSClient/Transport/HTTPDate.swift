package import WallClock

/// The times of HTTP headers.
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The time in a text such as `Fri, 15 Oct 2021 15:23:49 GMT`; nil for anything else, the forms of old included.
    ///
    /// Source: RFC 9110, section 5.6.7, IMF-fixdate.
    package static func timestamp(_ text: String) -> Timestamp? {
        guard text.utf8.count == 29 else { return nil }
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2, parts[3].count == 4,
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(iso8601: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
