import Diagnostics

extension YAMLDocument {
    /// Where the comments of the file stand: each from its `#` to the end of its line, in order.
    ///
    /// A `#` starts a comment at the start of a line or after white space, and not within a scalar. What follows a
    /// second document is not looked at as YAML, so that comments there may be found or not. O(length of the file).
    /// Source: YAML 1.2.2, 6.6 "Comments".
    package var comments: [Range<Int>] {
        text.bytes.withUnsafeBufferPointer { bytes in
            var scan = CommentScan(bytes)
            for record in tree.records {
                switch record.shape {
                case .sequence, .mapping: continue
                case .literal, .folded: scan.skipBlock(record.range)
                case .plain, .singleQuoted, .doubleQuoted, .alias: scan.skip(record.range)
                }
            }
            scan.read(to: bytes.count)
            return scan.comments
        }
    }
}

/// Finds comments between scalars, from the start of a file to its end.
private struct CommentScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var comments: [Range<Int>] = []
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// Reads what stands before a scalar, and passes it over.
    mutating func skip(_ scalar: Range<Int>) {
        guard !scalar.isEmpty else { return }
        read(to: scalar.lowerBound)
        position = max(position, scalar.upperBound)
    }

    /// The same for a block scalar, whose first line may end with a comment.
    mutating func skipBlock(_ scalar: Range<Int>) {
        read(to: scalar.lowerBound)
        let header = scalar.lowerBound..<scalar.upperBound
        read(to: bytes[header].firstIndex { $0 == 0x0A } ?? scalar.upperBound)
        position = max(position, scalar.upperBound)
    }

    /// Reads text that holds no scalar.
    mutating func read(to end: Int) {
        while position < end {
            guard bytes[position] == UInt8(ascii: "#"), isAfterSpace(position) else {
                position += 1
                continue
            }
            let start = position
            while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            comments.append(start..<position)
        }
    }

    private func isAfterSpace(_ offset: Int) -> Bool {
        guard offset > 0 else { return true }
        switch bytes[offset - 1] {
        case 0x20, 0x09, 0x0A, 0x0D: return true
        // The last byte of a byte order mark.
        case 0xBF: return offset == 3
        default: return false
        }
    }
}
