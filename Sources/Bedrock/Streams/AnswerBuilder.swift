import ChatEvents
import JSONCoding

/// Puts the blocks of an answer together, event by event.
///
/// Text and reasoning have no start of their own: the first delta of a block tells its kind. Blocks are told apart by
/// their index, although they come one after the other in practice.
///
/// Source: Amazon Bedrock API Reference, ContentBlockStartEvent, ContentBlockDeltaEvent, ContentBlockStopEvent.
struct AnswerBuilder {
    /// What is kept of one answer, such as its thoughts and pictures, may have this many bytes in all.
    private static let keptLimitInBytes = 64 << 20
    /// How many blocks may be open at once.
    private static let blockLimit = 1024
    /// Source: Amazon Bedrock API Reference, ImageBlock, `format`.
    private static let imageFormats: Set<String> = ["png", "jpeg", "gif", "webp"]

    private enum Block {
        case toolCall(index: Int)
        case reasoning(ReasoningBlock)
        /// Reasoning that the service hides; its pieces are encoded one by one.
        case hidden([UInt8])
        case image(format: String, bytes: [UInt8])
        /// A block that is passed over, such as the result of a tool that the service called itself.
        case other
    }

    private let modelID: String?
    private var blocks: [Int: Block] = [:]
    private var toolCalls = 0
    private var images = 0
    private var keptBytes = 0
    private var text: InlineThinking

    /// Starts an answer.
    ///
    /// - Parameter thoughts: What is known of the model's thoughts.
    init(_ thoughts: ThoughtSource) {
        modelID = thoughts.modelID
        text = InlineThinking(isOn: thoughts.areInline)
    }

    /// Opens a block that has a start.
    mutating func start(_ event: JSONValue, into events: inout [ChatEvent]) {
        guard let start = event["start"], hasRoom else { return }
        let index = event["contentBlockIndex"]?.integer ?? 0
        if let call = start["toolUse"] {
            startCall(call, at: index, into: &events)
        } else if let format = start["image"]?["format"]?.string, Self.imageFormats.contains(format) {
            blocks[index] = .image(format: format, bytes: [])
        } else {
            blocks[index] = .other
        }
    }

    /// A call that the service's own tool answers is no business of ours.
    private mutating func startCall(_ call: JSONValue, at index: Int, into events: inout [ChatEvent]) {
        guard call["type"]?.string != "server_tool_use", let id = call["toolUseId"]?.string,
            let name = call["name"]?.string
        else {
            blocks[index] = .other
            return
        }
        text.finish(into: &events)
        blocks[index] = .toolCall(index: toolCalls)
        events.append(.toolCallStarted(index: toolCalls, id: id, name: name))
        toolCalls += 1
    }

    /// Adds to a block.
    ///
    /// - Throws: ``ChatFailure`` when more would be kept than may be, or a picture cannot be read.
    mutating func add(_ delta: BlockDelta, into events: inout [ChatEvent]) throws(ChatFailure) {
        switch delta.content {
        case .text(let piece): text.take(piece, into: &events)
        case .toolInput(let fragment):
            guard case .toolCall(let index)? = blocks[delta.index], !fragment.isEmpty else { return }
            events.append(.toolCallInput(index: index, fragment: fragment))
        case .reasoning(let piece):
            guard !piece.isEmpty else { return }
            events.append(.reasoning(piece))
            try keep(piece.utf8.count, of: delta.index) { $0.text += piece }
        case .signature(let piece):
            try keep(piece.utf8.count, of: delta.index) { $0.signature = ($0.signature ?? "") + piece }
        case .redacted(let piece): try keepHidden(piece, of: delta.index)
        case .image(let piece): try addImage(piece, to: delta.index)
        case .other: break
        }
    }

    /// Closes a block.
    mutating func stop(_ index: Int, into events: inout [ChatEvent]) throws(ChatFailure) {
        guard let block = blocks.removeValue(forKey: index) else { return }
        close(block, into: &events)
    }

    /// Closes what is still open, at the end of the answer.
    mutating func finish(into events: inout [ChatEvent]) {
        text.finish(into: &events)
        for (_, block) in blocks.sorted(by: { $0.key < $1.key }) { close(block, into: &events) }
        blocks = [:]
    }

    private mutating func close(_ block: Block, into events: inout [ChatEvent]) {
        switch block {
        case .reasoning(let thought):
            if thought.signature != nil { events.append(.reasoningBlock(thought)) }
        case .hidden(let bytes):
            guard !bytes.isEmpty else { return }
            events.append(.reasoningBlock(ReasoningBlock(redacted: Base64.encode(bytes), modelID: modelID)))
        case .image(let format, let bytes):
            guard !bytes.isEmpty else { return }
            images += 1
            events.append(
                .file(
                    GeneratedFile(
                        name: "image-\(images).\(format == "jpeg" ? "jpg" : format)",
                        mediaType: MediaType("image/\(format)"), bytes: bytes)))
        case .toolCall, .other: break
        }
    }

    // MARK: - Keeping

    private mutating func keep(
        _ size: Int, of index: Int, _ change: (inout ReasoningBlock) -> Void
    ) throws(ChatFailure) {
        var thought: ReasoningBlock
        switch blocks[index] {
        case .reasoning(let begun): thought = begun
        case nil:
            guard hasRoom else { return }
            thought = ReasoningBlock(modelID: modelID)
        case .toolCall, .hidden, .image, .other: return
        }
        try count(size)
        // The block is taken out so that its text grows in place.
        blocks[index] = nil
        change(&thought)
        blocks[index] = .reasoning(thought)
    }

    private mutating func keepHidden(_ piece: String, of index: Int) throws(ChatFailure) {
        var bytes: [UInt8] = []
        switch blocks[index] {
        case .hidden(let begun): bytes = begun
        case nil: guard hasRoom else { return }
        case .toolCall, .reasoning, .image, .other: return
        }
        guard let more = Base64.decode(piece) else { throw unreadable("a hidden thought") }
        try count(more.count)
        blocks[index] = nil
        bytes += more
        blocks[index] = .hidden(bytes)
    }

    private mutating func addImage(_ piece: String, to index: Int) throws(ChatFailure) {
        guard case .image(let format, var bytes)? = blocks[index] else { return }
        guard let more = Base64.decode(piece) else { throw unreadable("a picture") }
        try count(more.count)
        blocks[index] = nil
        bytes += more
        blocks[index] = .image(format: format, bytes: bytes)
    }

    /// Whether another block may be open; one too many is passed over.
    private var hasRoom: Bool { blocks.count < Self.blockLimit }

    private mutating func count(_ size: Int) throws(ChatFailure) {
        keptBytes += size
        guard keptBytes <= Self.keptLimitInBytes else {
            throw ChatFailure(.modelError, detail: "the answer holds more than \(Self.keptLimitInBytes) bytes")
        }
    }

    private func unreadable(_ what: String) -> ChatFailure {
        ChatFailure(.modelError, detail: "\(what) of the answer's stream is not readable")
    }
}
