/// A model's thoughts as a quotation in an answer's Markdown, and how they are found again.
///
/// An answer comes back with the conversation as the bot's own words. Thoughts that were shown in it are taken out
/// then: a model that reads them as what it said takes them for part of the answers it is to give.
package enum QuotedThoughts {
    /// The first line of every quotation of thoughts.
    package static let heading = "> **Thinking**"

    /// An answer without the thoughts that are quoted in it.
    ///
    /// A quotation goes from its heading, at the start of a line, to the first line without a quotation's mark; blank
    /// lines after it go too.
    package static func removed(from answer: String) -> String {
        let lines = answer.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.contains(where: isHeading) else { return answer }
        var kept: [Substring] = []
        var place = Place.answer
        for line in lines {
            if isHeading(line) { place = .quotation }
            switch place {
            case .answer: kept.append(Substring(line))
            case .quotation:
                if line.first == UInt8(ascii: ">") { continue }
                place = .gap
                fallthrough
            case .gap:
                guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
                place = .answer
                kept.append(Substring(line))
            }
        }
        return kept.joined(separator: "\n")
    }

    private enum Place { case answer, quotation, gap }

    private static func isHeading(_ line: Substring.UTF8View) -> Bool {
        var line = line
        while let last = line.last, last == 0x20 || last == 0x0D { line = line.dropLast() }
        return line.elementsEqual(heading.utf8)
    }
}
