/// A safe repair of what a diagnostic is about: edits of the person's files that keep comments and layout.
package struct Fix: Hashable, Sendable {
    /// What it does, as an instruction without a full stop: "rename 'temprature' to 'temperature'".
    package var summary: String
    /// What changes; the ranges of one file do not overlap.
    package var edits: [TextEdit]

    package init(_ summary: String, edits: [TextEdit]) {
        self.summary = summary
        self.edits = edits
    }
}

/// One change of a file: some of its bytes replaced by a text.
package struct TextEdit: Hashable, Sendable {
    /// The file, relative to the project, as in ``SourceText/name``.
    package var file: String
    /// The bytes that go, counted from the start of the file; empty for an insertion.
    package var range: Range<Int>
    package var replacement: String

    package init(file: String, range: Range<Int>, replacement: String) {
        self.file = file
        self.range = range
        self.replacement = replacement
    }
}
