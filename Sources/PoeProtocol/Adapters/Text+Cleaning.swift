extension StringProtocol {
    /// Whether there is anything but white space.
    var hasVisibleText: Bool { contains { !$0.isWhitespace } }

    /// The text without white space at its ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// The text as part of one line, for a name that somebody else chose.
    ///
    /// Line breaks and other control characters become spaces and at most 200 Unicode scalars are kept, so that a
    /// name cannot pass itself off as text of its own.
    ///
    /// - Parameter fallback: What stands for a text without anything visible.
    /// - Returns: One line.
    func asLabel(orElse fallback: String) -> String {
        var label = String.UnicodeScalarView()
        for scalar in unicodeScalars.prefix(200) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: label.append(" ")
            default: label.append(scalar)
            }
        }
        let line = String(label).trimmed
        return line.isEmpty ? fallback : line
    }

    /// The texts before and after the first place where a separator stands, or nil when it stands nowhere.
    func split(atFirst separator: String) -> (before: SubSequence, after: SubSequence)? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) {
                return (self[..<index], self[self.index(index, offsetBy: separator.count)...])
            }
            formIndex(after: &index)
        }
        return nil
    }
}
