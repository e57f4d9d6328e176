import BotRuntime
import ChatEvents
import JSONCoding
import OpenAIProtocol

/// Collects the pictures that a bot makes and sends them as one answer.
///
/// Source: OpenAI API reference, "The image generation response".
struct ImagesSink: AnswerSink {
    private let response: PendingResponse
    private let heads: ResponseHeads
    /// Seconds since 1970.
    private let created: Int
    private let format: ImageGenerationRequest.ResponseFormat
    private let links: FileLinks
    private let errors: ErrorService
    private var files: [GeneratedFile] = []

    /// A sink.
    ///
    /// - Parameters:
    ///   - response: Where the answer goes.
    ///   - heads: Makes the response's head.
    ///   - created: Seconds since 1970.
    ///   - format: How the pictures come.
    ///   - links: Makes their links.
    ///   - errors: Puts an answer without pictures into words.
    init(
        _ response: PendingResponse, heads: ResponseHeads, created: Int, format: ImageGenerationRequest.ResponseFormat,
        links: FileLinks, errors: ErrorService
    ) {
        self.response = response
        self.heads = heads
        self.created = created
        self.format = format
        self.links = links
        self.errors = errors
    }

    mutating func write(_ batch: [ChatEvent]) async throws -> AnswerProgress {
        collect(batch)
        return .skipped
    }

    /// Nothing can be said before the pictures are there.
    mutating func keepAlive() async throws {}

    mutating func finish(_ batch: [ChatEvent], _ ending: AnswerEnding) async throws {
        collect(batch)
        let answer: PlainAnswer
        switch ending {
        case .abandoned: return
        case .failed(let failure): answer = PlainAnswer(failure)
        case .complete(.contentFiltered) where files.isEmpty:
            answer = failure(.contentFiltered, "the answer was withheld")
        case .complete, .cut: answer = await makePictures()
        }
        try await response.send(answer, head: heads.whole(answer))
    }

    private mutating func collect(_ batch: [ChatEvent]) {
        for case .file(let file) in batch { files.append(file) }
    }

    private func makePictures() async -> PlainAnswer {
        var data: [JSONValue] = []
        for file in files {
            switch (format, file.content) {
            case (.base64, .bytes(let bytes)): data.append(["b64_json": .string(Base64.encode(bytes))])
            case (.base64, .kept): return failure(.modelError, "'\(file.name)' is no picture to be sent as text")
            case (.url, _):
                guard let link = await links.link(to: file) else {
                    return failure(.overloaded, "a picture of \(file.sizeInBytes) bytes cannot be kept")
                }
                data.append(["url": .string(link)])
            }
        }
        guard !data.isEmpty else { return failure(.modelError, "the answer holds no picture") }
        return PlainAnswer(json: ["created": .integer(created), "data": .array(data)])
    }

    private func failure(_ kind: ChatFailure.Kind, _ detail: String) -> PlainAnswer {
        PlainAnswer(errors.present(ChatFailure(kind, detail: detail), requestID: heads.requestID.text))
    }
}
