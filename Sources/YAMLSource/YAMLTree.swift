import Diagnostics

/// The nodes of one document in the order of the file: each collection is followed by its children.
///
/// Flat arrays of small values; cursors (``YAMLNode``) point into them, so that reading a file costs no allocation
/// for each node. Scalars that stand in the file as they are meant are kept as a range of the file, the others
/// (escapes, folded lines) as a range of `decoded`.
final class YAMLTree: Sendable {
    let text: SourceText
    let records: [YAMLRecord]
    let decoded: [UInt8]

    init(text: SourceText, records: [YAMLRecord], decoded: [UInt8]) {
        self.text = text
        self.records = records
        self.decoded = decoded
    }

    /// Lends the bytes of a scalar; empty for other nodes.
    func withContent<Result>(of record: YAMLRecord, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = record.contentRange
        return (record.flags.contains(.decoded) ? decoded : text.bytes).withUnsafeBufferPointer { buffer in
            body(UnsafeBufferPointer(rebasing: buffer[range]))
        }
    }
}

/// One node of a ``YAMLTree``.
struct YAMLRecord {
    enum Shape: UInt8 {
        case plain, singleQuoted, doubleQuoted, literal, folded
        case sequence, mapping, alias
    }

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// The content of the scalar is in the table of decoded bytes, not in the file.
        static let decoded = Flags(rawValue: 1)
        /// A diagnostic says what is wrong with the value.
        static let invalid = Flags(rawValue: 2)
        /// The node is a key whose entry is left out, because a diagnostic says what is wrong with it.
        static let rejectedKey = Flags(rawValue: 4)
        /// A collection in brackets or braces.
        static let flow = Flags(rawValue: 8)
    }

    var shape: Shape
    var flags: Flags = []
    /// The type that an explicit tag gives a scalar.
    var tag: CoreSchema.Tag?
    /// Where the node stands in the file, without anchor and tag.
    var start: UInt32
    var end: UInt32
    /// The index after the last node within this one.
    var next: UInt32
    /// A scalar's content, an alias's target, the number of a collection's children (two for each entry).
    var payload: UInt32 = 0
    /// The length of a scalar's content.
    var length: UInt32 = 0

    init(_ shape: Shape, range: Range<Int>, next: Int) {
        self.shape = shape
        start = UInt32(range.lowerBound)
        end = UInt32(range.upperBound)
        self.next = UInt32(next)
    }

    var range: Range<Int> { Int(start)..<Int(end) }

    var isScalar: Bool {
        switch shape {
        case .plain, .singleQuoted, .doubleQuoted, .literal, .folded: true
        case .sequence, .mapping, .alias: false
        }
    }

    var contentRange: Range<Int> { isScalar ? Int(payload)..<Int(payload) + Int(length) : 0..<0 }
}
