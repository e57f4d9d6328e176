import JSONCoding

/// Counts tokens as the simulator does: four bytes of UTF-8 are one.
enum TokenEstimate {
    /// The bytes of one token.
    static let bytesPerToken = 4

    /// The tokens of a text of that many bytes, rounded up.
    static func tokens(bytes: Int) -> Int { (bytes + bytesPerToken - 1) / bytesPerToken }

    /// The bytes that a block counts for.
    static func bytes(of block: ConverseRequest.ContentBlock) -> Int {
        switch block {
        case .text(let text), .other(_, let text): text.utf8.count
        case .media(let media): bytes(of: media)
        case .toolUse(let use): use.name.utf8.count + use.input.encoded().count
        case .toolResult(let result):
            result.texts.reduce(0) { $0 + $1.utf8.count } + result.media.reduce(0) { $0 + bytes(of: $1) }
        case .thinking(let thinking): thinking.text?.utf8.count ?? 0
        case .cachePoint, .empty: 0
        }
    }

    /// The bytes that a tool counts for.
    static func bytes(of tool: ConverseRequest.Tool) -> Int {
        tool.name.utf8.count + (tool.summary?.utf8.count ?? 0) + tool.schema.encoded().count
    }

    /// An image counts one token for 750 pixels, at most 1600; a page of a document, or a second of video, is taken for
    /// 8,000 bytes and 256 tokens.
    private static func bytes(of media: ConverseRequest.Media) -> Int {
        let count: Int
        switch media.source {
        case .bytes(let bytes):
            if media.kind == .image {
                let pixels = ImageProbe(bytes).map { $0.width * $0.height } ?? 1_200_000
                return min(1600, max(1, pixels / 750)) * bytesPerToken
            }
            count = bytes.count
        case .text(let text): return text.utf8.count
        case .object: count = 80_000
        case .unreadable, .missing: return 0
        }
        return (count / 8000 + 1) * 256 * bytesPerToken
    }
}
