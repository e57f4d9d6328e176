import FileAccess

/// A kept file, ready to be read in pieces.
package struct ShelvedFile: Sendable {
    /// Where the bytes are.
    enum Content: Sendable {
        case memory([UInt8])
        case disk(OpenedFile)
    }

    package let key: FileKey
    private let content: Content

    init(_ key: FileKey, _ content: Content) {
        self.key = key
        self.content = content
    }

    /// The size in bytes.
    package var size: Int {
        switch content {
        case .memory(let bytes): bytes.count
        case .disk(let file): file.size
        }
    }

    /// Reads a piece.
    ///
    /// - Parameter range: Which bytes; within the file's size.
    /// - Returns: The bytes, all of them.
    /// - Throws: ``FileShelfError`` when they cannot be read.
    package func read(_ range: Range<Int>) throws(FileShelfError) -> ArraySlice<UInt8> {
        switch content {
        case .memory(let bytes): return bytes[range.clamped(to: bytes.indices)]
        case .disk(let file):
            let bytes: [UInt8]
            do {
                bytes = try file.read(at: range.lowerBound, count: range.count)
            } catch {
                throw FileShelfError(.unavailable, error.description)
            }
            guard bytes.count == range.count else {
                throw FileShelfError(.unavailable, "the file \(key.name) was cut while it was read")
            }
            return bytes[...]
        }
    }
}
