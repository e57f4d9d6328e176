/// A stranger's text as a part of a log line.
struct LogText: Hashable, Sendable, CustomStringConvertible {
    let description: String

    /// The beginning of a text, without anything that could break a line or hide in one.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - limit: How many scalars of it are kept.
    init(_ text: some StringProtocol, limit: Int = 500) {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: line.append(" ")
            default: line.append(scalar)
            }
        }
        description = String(line)
    }
}
