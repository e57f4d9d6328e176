import BotRuntime
import ChatEvents
import HTTPTypes

/// The answer to a request for a file, or for a part of it; the bytes are read while they are sent.
struct FileAnswer: Sendable {
    /// How much is held at once.
    private static let pieceInBytes = 65_536

    let file: ShelvedFile
    /// What is sent; nil when the part that was asked for is not in the file.
    let range: Range<Int>?
    private let isPartial: Bool

    /// The answer to a request.
    ///
    /// A single range is served; anything else in `Range` is ignored, as is a range that holds for a version of the
    /// file only, since files have no versions.
    ///
    /// Source: RFC 9110, sections 14.2 and 13.1.5.
    init(_ file: ShelvedFile, to headers: HTTPFields) {
        self.file = file
        if headers[.ifRange] == nil, let text = headers[.range], let range = ByteRange(text) {
            self.range = range.resolved(in: file.size)
            isPartial = true
        } else {
            range = 0..<file.size
            isPartial = false
        }
    }

    /// The status and the fields that describe the body.
    var head: (status: HTTPResponse.Status, fields: HTTPFields) {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .acceptRanges, value: "bytes"))
        guard let range else {
            fields.append(HTTPField(name: .contentRange, value: "bytes */\(file.size)"))
            fields.append(HTTPField(name: .contentLength, value: "0"))
            return (.rangeNotSatisfiable, fields)
        }
        // The bytes are a model's: a browser must neither guess another type nor run anything in them.
        let type = file.key.mediaType
        fields.append(HTTPField(name: .contentType, value: type?.description ?? "application/octet-stream"))
        fields.append(HTTPField(name: .contentLength, value: String(range.count)))
        fields.append(HTTPField(name: .cacheControl, value: "private, max-age=3600"))
        fields.append(HTTPField(name: .contentTypeOptions, value: "nosniff"))
        fields.append(HTTPField(name: .contentSecurityPolicy, value: "sandbox; default-src 'none'"))
        let place = type == nil ? "attachment" : "inline"
        fields.append(HTTPField(name: .contentDisposition, value: "\(place); filename=\"\(file.key.name)\""))
        guard isPartial else { return (.ok, fields) }
        fields.append(
            HTTPField(
                name: .contentRange, value: "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"))
        return (.partialContent, fields)
    }

    /// Sends the bytes, piece by piece, as fast as the client takes them.
    ///
    /// - Throws: ``FileShelfError`` when the file cannot be read to its end, or an error of the connection.
    func write(to response: PendingResponse) async throws {
        guard let range else { return }
        var position = range.lowerBound
        while position < range.upperBound {
            let piece = position..<min(position + Self.pieceInBytes, range.upperBound)
            try await response.write(Array(try file.read(piece)))
            position = piece.upperBound
        }
    }
}

/// One range of the `Range` header.
///
/// Source: RFC 9110, section 14.1.2.
private enum ByteRange {
    case from(Int, through: Int?)
    /// The last bytes of the file.
    case last(Int)

    /// Reads a header of a single range of bytes; nil for any other.
    init?(_ text: String) {
        guard text.hasPrefix("bytes="), !text.contains(",") else { return nil }
        let parts = text.dropFirst("bytes=".count).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return nil
        }
        switch (Int(parts[0]), Int(parts[1])) {
        case (let first?, let last?) where first <= last: self = .from(first, through: last)
        case (let first?, nil) where parts[1].isEmpty: self = .from(first, through: nil)
        case (nil, let count?) where parts[0].isEmpty: self = .last(count)
        default: return nil
        }
    }

    /// The bytes of a file of that size; nil when none is in the range.
    func resolved(in size: Int) -> Range<Int>? {
        switch self {
        case .from(let first, let last):
            guard first < size else { return nil }
            return first..<min(size - 1, last ?? size - 1) + 1
        case .last(let count):
            guard count > 0, size > 0 else { return nil }
            return max(0, size - count)..<size
        }
    }
}
