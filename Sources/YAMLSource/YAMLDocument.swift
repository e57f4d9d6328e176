package import Diagnostics

/// What reading one YAML file gave.
package struct YAMLParseResult: Sendable {
    /// What the file holds; nil when a syntax error or a bound ended reading.
    package let document: YAMLDocument?
    /// Everything wrong with the file as YAML, in the order of position; at most
    /// ``YAMLDocument/diagnosticLimit``.
    package let diagnostics: [Diagnostic]
}

/// One YAML file as a tree of nodes that know where they were written.
package struct YAMLDocument: Sendable {
    /// How many diagnostics one file gets; the last of them says when more were left out.
    package static let diagnosticLimit = 100

    let tree: YAMLTree

    init(tree: YAMLTree) { self.tree = tree }

    /// The file that was read.
    package var text: SourceText { tree.text }

    /// The outermost value, or nil when the file is empty or holds only comments.
    package var root: YAMLNode? {
        guard !tree.records.isEmpty else { return nil }
        let node = YAMLNode(tree: tree, at: 0)
        return node.isMissing ? nil : node
    }

    /// Reads a file as YAML with the scalars of the YAML 1.2 core schema.
    ///
    /// A mapping that has a problem of its own (a duplicate key, `<<`, a key that is no text) stays in the document
    /// without the entries in question, so that what else is wrong with the file can be found in the same run.
    ///
    /// - Parameters:
    ///   - text: The file; UTF-8 with or without a byte order mark, lines ended by LF or CRLF.
    ///   - limits: Bounds past which reading stops.
    /// - Returns: The document and all diagnostics.
    package static func parse(_ text: SourceText, limits: YAMLLimits = YAMLLimits()) -> YAMLParseResult {
        var builder = TreeBuilder(text: text, limits: limits)
        return builder.build()
    }
}
