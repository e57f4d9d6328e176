/// What a file is by its look.
///
/// A type that somebody names is believed only where the bytes do not speak against it and cannot tell: which sort of
/// text, which program's archive.
///
/// Source: WHATWG, MIME Sniffing Standard, section 6, and the formats' own first bytes.
package enum FileType {
    /// The type of a file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - declared: What its sender, or else its server, calls it.
    ///   - name: The file's name, whose ending tells texts apart.
    /// - Returns: The type; `application/octet-stream` where nothing tells.
    package static func look(at bytes: [UInt8], declared: MediaType, name: String) -> MediaType {
        if let type = signature(of: bytes) {
            switch type.description {
            case "application/zip": return archive(declared: declared, name: name) ?? type
            case "application/x-ole-storage": return oldOffice(declared: declared, name: name) ?? type
            case "video/mp4", "video/webm":
                // The same container holds sound alone.
                return declared.sort == .audio ? declared : type
            default: return type
            }
        }
        return isText(bytes) ? text(declared: declared, name: name) : unknown(declared: declared)
    }

    /// What a file's first bytes say, whatever anybody calls it; nil where they say nothing.
    ///
    /// Of archives and of what programs keep in them this tells only the container.
    ///
    /// - Parameter bytes: The file, or its first 12 bytes at least.
    /// - Returns: The type.
    package static func signature(of bytes: [UInt8]) -> MediaType? { signatureText(of: bytes).map { MediaType($0) } }

    private static func signatureText(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x52, 0x49, 0x46, 0x46]), bytes.count >= 12 {
            switch bytes[8..<12] {
            case [0x57, 0x45, 0x42, 0x50]: return "image/webp"
            case [0x57, 0x41, 0x56, 0x45]: return "audio/wav"
            default: return nil
            }
        }
        if bytes.count >= 12, bytes[4..<8] == [0x66, 0x74, 0x79, 0x70] {
            switch bytes[8..<12] {
            case [0x71, 0x74, 0x20, 0x20]: return "video/quicktime"
            case [0x4D, 0x34, 0x41, 0x20]: return "audio/mp4"
            case [0x61, 0x76, 0x69, 0x66]: return "image/avif"
            case [0x68, 0x65, 0x69, 0x63], [0x6D, 0x69, 0x66, 0x31]: return "image/heic"
            default: return "video/mp4"
            }
        }
        return signatures.first { bytes.starts(with: $0.bytes) }?.type
    }

    private static let signatures: [(bytes: [UInt8], type: String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        (Array("GIF87a".utf8), "image/gif"), (Array("GIF89a".utf8), "image/gif"),
        (Array("%PDF-".utf8), "application/pdf"),
        ([0x50, 0x4B, 0x03, 0x04], "application/zip"), ([0x50, 0x4B, 0x05, 0x06], "application/zip"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/x-ole-storage"),
        ([0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        (Array("OggS".utf8), "audio/ogg"), (Array("fLaC".utf8), "audio/flac"), (Array("ID3".utf8), "audio/mpeg"),
        ([0xFF, 0xFB], "audio/mpeg"), ([0xFF, 0xF3], "audio/mpeg"), ([0xFF, 0xF2], "audio/mpeg"),
        ([0x1F, 0x8B], "application/gzip"),
    ]

    private static let office = "application/vnd.openxmlformats-officedocument."
    private static let archives = [
        "docx": office + "wordprocessingml.document", "xlsx": office + "spreadsheetml.sheet",
        "pptx": office + "presentationml.presentation",
    ]
    private static let oldOffices = ["doc": "application/msword", "xls": "application/vnd.ms-excel"]

    private static func archive(declared: MediaType, name: String) -> MediaType? {
        declared.description.hasPrefix(office) ? declared : archives[ending(of: name)].map { MediaType($0) }
    }

    private static func oldOffice(declared: MediaType, name: String) -> MediaType? {
        oldOffices.values.contains(declared.description)
            ? declared : oldOffices[ending(of: name)].map { MediaType($0) }
    }

    private static func text(declared: MediaType, name: String) -> MediaType {
        if declared.isText || declared == drawing { return declared }
        return MediaType(texts[ending(of: name)] ?? "text/plain")
    }

    /// Bytes that nothing is known of are never taken for a picture or a document on somebody's word.
    private static func unknown(declared: MediaType) -> MediaType {
        switch declared.sort {
        case .video, .audio: declared
        case .image, .document, .other: MediaType("application/octet-stream")
        }
    }

    /// A picture that is written down in words.
    private static let drawing = MediaType("image/svg+xml")
    private static let texts = [
        "csv": "text/csv", "md": "text/markdown", "html": "text/html", "htm": "text/html", "json": "application/json",
        "xml": "application/xml", "yaml": "application/yaml", "yml": "application/yaml", "svg": "image/svg+xml",
    ]

    private static func ending(of name: String) -> String {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
    }

    /// Whether bytes are text: UTF-8 without the control characters that no text has.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else { return false }
        return !bytes.contains { $0 < 0x09 || (0x0E...0x1A).contains($0) || $0 == 0x7F }
    }
}
