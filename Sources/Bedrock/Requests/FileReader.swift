import ChatEvents

/// Turns the files of a conversation into blocks that the model takes.
///
/// A file of the newest turn that the model cannot take fails the request, and the user is told which. In the turns
/// before, a note stands in its place: that conversation has gone on without it.
struct FileReader {
    let traits: AttachmentTraits

    /// The block of a file in the newest turn.
    ///
    /// - Throws: ``ChatFailure`` with advice for the user.
    func block(of attachment: Attachment) throws(ChatFailure) -> ContentBlock {
        switch read(attachment) {
        case .success(let block): return block
        case .failure(let refusal):
            throw ChatFailure(.invalidRequest, detail: refusal.detail, advice: refusal.advice)
        }
    }

    /// The block of a file in an earlier turn, or a note in its place.
    func blockOrNote(of attachment: Attachment) -> ContentBlock {
        switch read(attachment) {
        case .success(let block): block
        case .failure: Self.note(on: attachment.name, attachment.mediaType)
        }
    }

    /// Says in words that a file was there.
    static func note(on name: String, _ type: MediaType) -> ContentBlock {
        .text("[Attached file, not shown: \(name.isEmpty ? "unnamed" : name) (\(type))]")
    }

    private struct Refusal: Error {
        let detail: String
        let advice: UserAdvice
    }

    private func read(_ attachment: Attachment) -> Result<ContentBlock, Refusal> {
        let (name, type) = (attachment.name, attachment.mediaType)
        if traits.documents != .taken, FileFormats.isPlainText(type),
            let text = String(validating: attachment.bytes, as: UTF8.self)
        {
            return .success(.text("\(name.isEmpty ? "Attached file" : name):\n\n\(text)"))
        }
        guard let block = FileFormats.block(of: attachment), takes(block.sort) else {
            return .failure(
                Refusal(
                    detail: "the model does not take attachments of the type \(type)",
                    advice: .attachmentNotRead(name: name, takes: readable)))
        }
        let limit =
            switch block.sort {
            case .image: traits.imageLimitInBytes
            case .document: traits.documentLimitInBytes
            case .video, .audio: Int.max
            }
        guard attachment.bytes.count <= limit else {
            return .failure(
                Refusal(
                    detail: "an attachment of the type \(type) has \(attachment.bytes.count) bytes; \(limit) are taken",
                    advice: .attachmentTooLarge(name: name, limit: limit)))
        }
        return .success(.file(block))
    }

    /// Whether the model takes files of a sort.
    func takes(_ sort: FileBlock.Sort) -> Bool {
        switch sort {
        case .image: traits.takesImages
        case .document: traits.documents != .refused
        case .video: traits.takesVideo
        case .audio: traits.takesAudio
        }
    }

    /// What the model reads, in words that users know.
    private var readable: [String] {
        var names: [String] = []
        if traits.takesImages { names += ["PNG", "JPEG", "GIF", "WebP"] }
        if traits.documents != .refused { names += ["PDF", "Word", "Excel"] }
        names += ["plain text"]
        if traits.takesVideo { names += ["MP4"] }
        if traits.takesAudio { names += ["MP3", "WAV"] }
        return names
    }
}
