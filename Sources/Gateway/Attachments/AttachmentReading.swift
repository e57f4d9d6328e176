import AttachmentFetching
import BotConfiguration
import BotRuntime
import ChatEvents

/// The files of one question, from what a request names to what the model gets.
struct AttachmentReading: Sendable {
    let config: BotConfig
    let loader: AttachmentLoader

    /// Fetches what the model may have a use for.
    ///
    /// - Parameters:
    ///   - wanted: The files, the newest message's first, each once.
    ///   - departure: Set when the client leaves; then fetching ends.
    ///   - keepAlive: Called now and then while files are on their way; what it throws ends fetching.
    /// - Returns: What was fetched, to be released when the answer has ended.
    /// - Throws: `CancellationError` when the client has left, and what `keepAlive` throws.
    func load(
        _ wanted: [RemoteFile], until departure: Latch<Void>, keepAlive: () async throws -> Void
    ) async throws -> LoadedAttachments {
        let files = wanted.filter { config.mayRead($0.expectedType) }.prefix(config.attachments.countLimit)
        guard !files.isEmpty else { return LoadedAttachments() }
        // What comes too late for a client that has left is dropped, and gives back what it held.
        return try await AttendedWait(clock: loader.clock).value(until: departure) {
            await loader.load(Array(files), for: config.attachments)
        } keepAlive: {
            try await keepAlive()
        }
    }

    /// The files for the adapter, by their URLs.
    ///
    /// A file of a sort that the model does not read was not fetched and comes without bytes: the model's adapter knows
    /// what it reads, and tells the user.
    func files(of wanted: [RemoteFile], in loaded: LoadedAttachments) -> [String: ChatEvents.Attachment] {
        var files = loaded.files
        for file in wanted where !config.mayRead(file.expectedType) {
            files[file.url] = ChatEvents.Attachment(name: file.name, mediaType: file.expectedType, bytes: [])
        }
        return files
    }

    /// Why the question cannot be answered: a file that the user has just attached is not there.
    func failure(of wanted: [RemoteFile], in loaded: LoadedAttachments) -> ChatFailure? {
        let readable = wanted.filter { config.mayRead($0.expectedType) }
        let limit = config.attachments.countLimit
        for (index, file) in readable.enumerated() where file.isNew {
            let name = file.name
            if index >= limit {
                return ChatFailure(
                    .invalidRequest, detail: "more than \(limit) attachments",
                    advice: .tooManyAttachments(sort: "files", limit: limit))
            }
            guard let error = loaded.failures[file.url] else { continue }
            switch error.code {
            case .busy: return ChatFailure(.overloaded, detail: error.detail)
            case .tooLarge:
                return ChatFailure(
                    .invalidRequest, detail: error.detail,
                    advice: .attachmentTooLarge(name: name, limit: config.attachments.sizeLimitInBytes))
            case .invalidURL, .hostNotAllowed, .addressNotPublic, .unknownHost, .unreachable, .refused,
                .badRedirect, .timedOut:
                return ChatFailure(.invalidRequest, detail: error.detail, advice: .attachmentNotFetched(name: name))
            }
        }
        return nil
    }
}
