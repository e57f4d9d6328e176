import NIOCore

/// A form with one file, in pieces.
///
/// Source: RFC 7578, returning values from forms: multipart/form-data.
struct MultipartFile: AsyncSequence, Sendable {
    /// How much is held at once.
    private static let pieceInBytes = 65_536

    let boundary: String
    private let file: UploadedFile
    private let head: ByteBuffer
    private let tail: ByteBuffer

    /// A form.
    ///
    /// - Parameters:
    ///   - file: Its one part, which is named `file`.
    ///   - boundary: What stands between parts and must not be in the file: a long random text.
    init(_ file: UploadedFile, boundary: String) {
        self.file = file
        self.boundary = boundary
        head = ByteBuffer(
            string: "--\(boundary)\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n"
                + "content-type: \(file.mediaType)\r\n\r\n")
        tail = ByteBuffer(string: "\r\n--\(boundary)--\r\n")
    }

    var sizeInBytes: Int { head.readableBytes + file.sizeInBytes + tail.readableBytes }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate enum Position {
            case head
            case file(at: Int)
            case end
        }

        fileprivate let form: MultipartFile
        fileprivate var position = Position.head

        mutating func next() async throws -> ByteBuffer? {
            switch position {
            case .head:
                position = .file(at: 0)
                return form.head
            case .file(let start) where start < form.file.sizeInBytes:
                let piece = start..<Swift.min(start + MultipartFile.pieceInBytes, form.file.sizeInBytes)
                position = .file(at: piece.upperBound)
                return ByteBuffer(bytes: try form.file.read(piece))
            case .file:
                position = .end
                return form.tail
            case .end: return nil
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(form: self) }
}
