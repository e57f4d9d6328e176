import ChatEvents

/// The formats of files that Converse knows, by media type.
///
/// Source: Amazon Bedrock API Reference, ImageBlock, DocumentBlock, VideoBlock, AudioBlock, `format`.
enum FileFormats {
    /// What a file is to the API; nil for a type that it does not know.
    static func block(of attachment: Attachment) -> FileBlock? {
        guard let (sort, format) = known[attachment.mediaType.description] ?? plainText(attachment.mediaType) else {
            return nil
        }
        return FileBlock(
            sort: sort, format: format, name: attachment.name, mediaType: attachment.mediaType,
            bytes: attachment.bytes)
    }

    /// Whether a file is text that can as well stand in a text block.
    static func isPlainText(_ type: MediaType) -> Bool { type.isText }

    private static func plainText(_ type: MediaType) -> (FileBlock.Sort, String)? {
        isPlainText(type) ? (.document, "txt") : nil
    }

    private static let known: [String: (FileBlock.Sort, String)] = [
        "image/png": (.image, "png"), "image/jpeg": (.image, "jpeg"), "image/jpg": (.image, "jpeg"),
        "image/gif": (.image, "gif"), "image/webp": (.image, "webp"),

        "application/pdf": (.document, "pdf"), "text/csv": (.document, "csv"),
        "application/msword": (.document, "doc"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (.document, "docx"),
        "application/vnd.ms-excel": (.document, "xls"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (.document, "xlsx"),
        "text/html": (.document, "html"), "text/plain": (.document, "txt"), "text/markdown": (.document, "md"),

        "video/mp4": (.video, "mp4"), "video/quicktime": (.video, "mov"), "video/x-matroska": (.video, "mkv"),
        "video/webm": (.video, "webm"), "video/x-flv": (.video, "flv"), "video/mpeg": (.video, "mpeg"),
        "video/x-ms-wmv": (.video, "wmv"), "video/3gpp": (.video, "three_gp"),

        "audio/mpeg": (.audio, "mp3"), "audio/mp3": (.audio, "mp3"), "audio/opus": (.audio, "opus"),
        "audio/wav": (.audio, "wav"), "audio/x-wav": (.audio, "wav"), "audio/aac": (.audio, "aac"),
        "audio/flac": (.audio, "flac"), "audio/mp4": (.audio, "m4a"), "audio/ogg": (.audio, "ogg"),
        "audio/webm": (.audio, "webm"),
    ]
}
