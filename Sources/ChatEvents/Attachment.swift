/// A file as bytes with a type.
package struct Attachment: Hashable, Sendable {
    /// The file's name as the person knows it; may be anything, so an adapter cleans it.
    package var name: String
    /// What the bytes are, by their look rather than by anybody's word.
    package var mediaType: MediaType
    package var bytes: [UInt8]

    package init(name: String, mediaType: MediaType, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// The type of a file's content.
///
/// Source: RFC 6838, section 4.2; parameters are left out and letters are small.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
    /// What sort of content a type is, as models tell them apart.
    package enum Sort: Hashable, Sendable {
        case image, document, video, audio, other
    }

    /// The type as text, such as `image/png`.
    package let description: String

    /// A type of its text; parameters are dropped.
    package init(_ text: String) {
        let type = text.prefix { $0 != ";" }
        description = type.filter { !$0.isWhitespace }.lowercased()
    }

    /// What sort of content this is.
    package var sort: Sort {
        switch description.prefix(while: { $0 != "/" }) {
        case "image": .image
        case "video": .video
        case "audio": .audio
        case "text": .document
        default: Self.documents.contains(description) ? .document : .other
        }
    }

    /// Whether the content is text that a person could read as it stands.
    package var isText: Bool { description.hasPrefix("text/") || Self.texts.contains(description) }

    private static let texts: Set<String> = [
        "application/json", "application/xml", "application/yaml", "application/x-yaml", "application/toml",
        "application/javascript", "application/x-sh",
    ]

    private static let documents: Set<String> = [
        "application/pdf", "application/msword", "application/vnd.ms-excel", "application/json",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
