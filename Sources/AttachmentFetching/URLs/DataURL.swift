import JSONCoding

/// A file that stands in its URL.
///
/// Source: RFC 2397; only the base64 form, which is what clients write for files.
package struct DataURL {
    /// The type that the URL names.
    package let mediaType: String
    package let bytes: [UInt8]

    /// The file in a `data:` URL.
    ///
    /// - Returns: Nil when the text is no such URL at all.
    /// - Throws: ``AttachmentError``: `invalidURL` when it is broken, `tooLarge` before anything is decoded.
    package static func read(_ text: String, sizeLimitInBytes limit: Int) throws(AttachmentError) -> DataURL? {
        guard text.prefix(5).lowercased() == "data:" else { return nil }
        guard let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")) else {
            throw AttachmentError(.invalidURL, "a data URL has no comma")
        }
        let head = text[text.index(text.startIndex, offsetBy: 5)..<comma]
        guard head.lowercased().hasSuffix(";base64") else {
            throw AttachmentError(.invalidURL, "a data URL is not in base64")
        }
        let content = text[text.utf8.index(after: comma)...]
        guard content.utf8.count / 4 * 3 - 3 <= limit else {
            throw AttachmentError(.tooLarge, "a data URL holds more than \(limit) bytes")
        }
        guard let bytes = Base64.decode(String(content)) else {
            throw AttachmentError(.invalidURL, "the base64 of a data URL is broken")
        }
        guard bytes.count <= limit else {
            throw AttachmentError(.tooLarge, "a data URL holds \(bytes.count) bytes; \(limit) are taken")
        }
        return DataURL(mediaType: String(head.prefix { $0 != ";" }), bytes: bytes)
    }
}
