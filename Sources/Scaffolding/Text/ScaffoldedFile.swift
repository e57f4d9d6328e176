/// A file to be written.
package struct ScaffoldedFile: Hashable, Sendable {
    /// Where, relative to the project; absolute outside it.
    package var path: String
    /// What it says; empty for a picture.
    package var text: String
    /// What it holds, where it is no text.
    package var picture: [UInt8]?

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    package init(path: String, picture: [UInt8]) {
        self.path = path
        self.picture = picture
        text = ""
    }

    /// What is written.
    package var bytes: [UInt8] { picture ?? Array(text.utf8) }

    /// The lines of the text, without their ends.
    package var lines: [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
