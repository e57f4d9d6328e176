/// A file to be written.
package struct ScaffoldedFile: Hashable, Sendable {
    /// Where, relative to the project; absolute outside it.
    package var path: String
    package var text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// The lines of the text, without their ends.
    package var lines: [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
