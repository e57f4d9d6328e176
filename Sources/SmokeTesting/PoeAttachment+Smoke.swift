import BotConfiguration
import JSONCoding
import PoeProtocol

extension PoeAttachment {
    /// A file of a smoke case, which stands whole in its URL: there is no server that it could be fetched from.
    ///
    /// Source: RFC 2397, the "data" URL scheme.
    init(_ file: ConfigFile) {
        let type = Self.contentType(of: file)
        self.init(
            url: "data:\(type);base64,\(Base64.encode(file.bytes))", contentType: type, name: file.name)
    }

    /// What a client would call the file: by its first bytes, else by the ending of its name.
    private static func contentType(of file: ConfigFile) -> String {
        let signatures: [(head: [UInt8], type: String)] = [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
            (Array("GIF8".utf8), "image/gif"), (Array("%PDF-".utf8), "application/pdf"),
        ]
        if let known = signatures.first(where: { file.bytes.starts(with: $0.head) }) { return known.type }
        let ending = file.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return typesByEnding[ending] ?? "application/octet-stream"
    }

    /// Source: IANA, "Media Types".
    private static let typesByEnding = [
        "csv": "text/csv", "html": "text/html", "json": "application/json", "md": "text/markdown",
        "mp4": "video/mp4", "txt": "text/plain", "webp": "image/webp",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
