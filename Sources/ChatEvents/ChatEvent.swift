/// A step of a model's answer, in no protocol's terms.
///
/// Order: any number of content steps, then `finished` once, then at most one `usage`.
package enum ChatEvent: Hashable, Sendable {
    /// More of the answer.
    case text(String)
    /// More of the model's thinking, which is not part of the answer.
    case reasoning(String)
    /// A piece of thinking is complete; its words were told before. It is to be kept for a later turn, not shown.
    case reasoningBlock(ReasoningBlock)
    /// The model begins to call a tool. The index, from 0, tells the calls of one answer apart.
    case toolCallStarted(index: Int, id: String, name: String)
    /// More of a call's input, as a fragment of JSON text that may be cut anywhere. No fragment at all means `{}`.
    case toolCallInput(index: Int, fragment: String)
    /// What is being done meanwhile, for people; each replaces the one before.
    case status(String)
    /// A file that the model made.
    case file(GeneratedFile)
    /// The answer is complete.
    case finished(StopReason)
    /// What the answer cost in tokens, as the model counted.
    case usage(TokenUsage)
}

/// A picture or video that a model made.
package struct GeneratedFile: Hashable, Sendable {
    /// A name with an ending, safe in a path and a header: letters, digits, `-`, `_` and `.`.
    package var name: String
    package var mediaType: MediaType
    package var content: Content

    /// Where the file's bytes are.
    package enum Content: Hashable, Sendable {
        /// Here.
        case bytes([UInt8])
        /// Where clients fetch them, under the path of that link.
        case kept(path: String, sizeInBytes: Int)
    }

    /// A file that is here.
    package init(name: String, mediaType: MediaType, bytes: [UInt8]) {
        self.init(name: name, mediaType: mediaType, content: .bytes(bytes))
    }

    package init(name: String, mediaType: MediaType, content: Content) {
        self.name = name
        self.mediaType = mediaType
        self.content = content
    }

    /// How many of its bytes are here.
    package var heldBytes: Int { if case .bytes(let bytes) = content { bytes.count } else { 0 } }

    /// The size in bytes.
    package var sizeInBytes: Int {
        switch content {
        case .bytes(let bytes): bytes.count
        case .kept(_, let size): size
        }
    }
}

/// Why an answer ended.
package enum StopReason: Hashable, Sendable {
    case endOfTurn
    case stopSequence
    /// The answer reached `maxTokens` and is cut.
    case maxTokens
    case toolUse
    case contentFiltered
    case contextWindowExceeded
    /// The model produced something that its own service could not read.
    case malformed
    /// A reason that this version does not know; treated as the end of the turn.
    case other(String)
}
