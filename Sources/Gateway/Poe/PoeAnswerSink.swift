import BotConfiguration
import BotRuntime
import ChatEvents
import PoeProtocol

/// Writes an answer to Poe: each batch as one piece of the response body.
///
/// `meta` is the first event and `done` the last, whatever happens in between; a failure is an `error` before `done`.
/// Source: Poe server-bot protocol, response events.
struct PoeAnswerSink: AnswerSink {
    private let response: PendingResponse
    private let limits: PoeAnswerLimits
    private let links: FileLinks?
    private var thoughts = ThoughtPresenter(.hidden)
    private var tools: ToolCallPresenter?
    private var answerID = ""
    private var events = PoeEventWriter()
    private var eventCount = 0
    /// What was told of the answer, with what is held back.
    private var characterCount = 0
    private var fileCount = 0
    /// Text that waits for more, once there have been many events.
    private var held = ""
    private var heldCount = 0
    /// Whether what the person sees is a status, which the answer replaces.
    private var isShowingStatus = false
    /// Whether ``end(_:)`` ends the response, and not ``finish(_:_:)``.
    private var holdsEnd = false

    /// A sink.
    ///
    /// - Parameters:
    ///   - response: The response, whose head is sent before anything is written.
    ///   - limits: The protocol's bounds.
    ///   - links: Makes the links of files; without, an answer says that its files cannot be shown.
    init(_ response: PendingResponse, limits: PoeAnswerLimits = PoeAnswerLimits(), links: FileLinks? = nil) {
        self.response = response
        self.limits = limits
        self.links = links
    }

    /// Decides what the user sees of the model's thoughts; without, nothing.
    mutating func show(_ display: ReasoningDisplay) { thoughts = ThoughtPresenter(display) }

    /// Passes on the calls of tools, which a caller understands who offered tools; without, they are left out.
    ///
    /// - Parameter answerID: The id that all chunks carry.
    mutating func tellToolCalls(answerID: String) {
        tools = ToolCallPresenter()
        self.answerID = answerID
    }

    /// Has the response go on after the answer is finished, until ``end(_:)``.
    mutating func holdEnd() { holdsEnd = true }

    /// Ends a response whose end was held.
    ///
    /// - Parameter failure: What went wrong after the answer; nil for nothing.
    /// - Throws: When the client has left.
    mutating func end(_ failure: PresentedFailure?) async throws {
        if let failure { error(failure) }
        try await close()
    }

    /// Writes the first event; before anybody asks a model, as Poe wants to see something within seconds.
    mutating func start() async throws {
        events.meta()
        eventCount += 1
        try await flush()
    }

    mutating func write(_ batch: [ChatEvent]) async throws -> AnswerProgress {
        let fits = try await encode(batch)
        let hasWritten = !events.isEmpty
        if hasWritten { try await flush() }
        if !fits { return .full }
        return hasWritten ? .written : .skipped
    }

    mutating func keepAlive() async throws {
        releaseHeld()
        events.ping()
        try await flush()
    }

    mutating func finish(_ batch: [ChatEvent], _ ending: AnswerEnding) async throws {
        guard ending != .abandoned else { return }
        var ending = ending
        if try await !encode(batch), case .complete = ending { ending = .cut }
        releaseHeld()
        endStatus()
        switch ending {
        case .complete(let reason):
            if let note = Self.note(on: reason) { self.note(note) }
            // An answer must hold a text event, be it empty.
            if characterCount == 0 { events.text("") }
            encode(tools?.finish() ?? [])
        case .cut: note("The answer is longer than Poe takes and was cut here.")
        case .failed(let failure): error(failure)
        case .abandoned: return
        }
        if holdsEnd { try await flush() } else { try await close() }
    }

    private mutating func error(_ failure: PresentedFailure) {
        // The kind alone, which users never see: smoke tests judge by it whose fault the failure is.
        events.error(
            failure.text, allowsRetry: failure.allowsRetry, type: PoeErrorType(failure.fault),
            rawResponse: failure.failure.kind.rawValue)
    }

    private mutating func close() async throws {
        events.done()
        try await flush()
        try await response.finish()
    }

    /// Writes events into the buffer; false when the answer has reached its limits.
    private mutating func encode(_ batch: [ChatEvent]) async throws -> Bool {
        for event in thoughts.presented(batch) {
            switch event {
            case .text(let text):
                if text.isEmpty { continue }
                endStatus()
                if !encode(text) { return false }
            case .file(let file):
                releaseHeld()
                endStatus()
                try await encode(file)
            case .status(let text): encode(status: text)
            case .toolCallStarted, .toolCallInput:
                guard let chunks = tools?.chunks(for: event), !chunks.isEmpty else { continue }
                releaseHeld()
                encode(chunks)
            case .reasoning, .reasoningBlock, .finished, .usage: break
            }
        }
        if heldCount >= limits.joinedCharacters { releaseHeld() }
        let isSparing = eventCount >= limits.joiningFrom
        if let waiting = tools?.waitingBytes, waiting > (isSparing ? limits.joinedCharacters : 0) {
            encode(tools?.waiting() ?? [])
        }
        return eventCount < limits.events
    }

    private mutating func encode(_ chunks: [PoeToolCallChunk]) {
        for chunk in chunks {
            events.json(chunk.json(answerID: answerID))
            eventCount += 1
        }
    }

    private mutating func encode(_ file: GeneratedFile) async throws {
        guard fileCount < limits.files else { return }
        guard let link = try await links?.link(to: file, keepAlive: { try await keepAlive() }) else {
            note("A file of \(file.sizeInBytes) bytes was made and cannot be shown here.")
            return
        }
        events.file(url: link, contentType: file.mediaType.description, name: file.name)
        eventCount += 1
        fileCount += 1
        if fileCount == limits.files { note("Poe takes \(limits.files) files of one answer; more are left out.") }
    }

    /// Shows what is being done, until there is something of the answer itself.
    private mutating func encode(status text: String) {
        guard characterCount == 0, eventCount < limits.joiningFrom else { return }
        events.replaceResponse("_\(text)_")
        eventCount += 1
        isShowingStatus = true
    }

    private mutating func endStatus() {
        guard isShowingStatus else { return }
        events.replaceResponse("")
        eventCount += 1
        isShowingStatus = false
    }

    private mutating func encode(_ text: String) -> Bool {
        let room = limits.characters - characterCount
        guard room > 0 else { return false }
        let scalars = text.unicodeScalars.count
        let fitting = scalars <= room ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(room)))
        characterCount += min(scalars, room)
        if eventCount < limits.joiningFrom {
            events.text(fitting)
            eventCount += 1
        } else {
            held += fitting
            heldCount += min(scalars, room)
        }
        return scalars <= room
    }

    /// Writes the text that was held back.
    private mutating func releaseHeld() {
        guard !held.isEmpty else { return }
        events.text(held)
        eventCount += 1
        (held, heldCount) = ("", 0)
    }

    private mutating func note(_ text: String) {
        releaseHeld()
        events.text(characterCount == 0 ? "_\(text)_" : "\n\n_\(text)_")
        characterCount += text.utf8.count
    }

    private static func note(on reason: StopReason) -> String? {
        switch reason {
        case .maxTokens: "The answer reached its length limit and ends here."
        case .contentFiltered: "The model service's content policy withheld the rest of this answer."
        case .contextWindowExceeded:
            "The conversation fills all that the model can keep in mind; start a new chat to go on."
        case .endOfTurn, .stopSequence, .toolUse, .malformed, .other: nil
        }
    }

    private mutating func flush() async throws {
        try await response.write(events.take())
    }
}

extension PoeErrorType {
    /// The kind of error that Poe knows for a fault, or nil when Poe has no word for it.
    init?(_ fault: PresentedFailure.Fault) {
        switch fault {
        case .messageTooLong: self = .userMessageTooLong
        case .user: self = .userCausedError
        case .funds: self = .insufficientFund
        case .service: return nil
        }
    }
}
