import AsyncHTTPClient
import AttachmentFetching
import BotConfiguration
import BotRuntime
import ChatEvents

/// Brings the files of a request, several at a time, within the bot's bounds and those of the process.
struct AttachmentLoader: Sendable {
    let fetcher: AttachmentFetcher
    let budget: ByteBudget
    let clock: MonotonicClock

    /// How many files of one request are fetched at once.
    private static let simultaneous = 4
    /// The most bytes of all files of one request: model services take no more in a request, by far.
    private static let requestLimitInBytes = 64 << 20

    /// The loader of a gateway.
    init(_ gateway: Gateway) {
        fetcher = AttachmentFetcher(
            eventLoops: HTTPClient.defaultEventLoopGroup, resolver: .system,
            trustedOrigins: Set(gateway.configuration.attachmentOrigins.compactMap(WebURL.Origin.init)))
        budget = ByteBudget(limitInBytes: gateway.configuration.limits.attachmentBytes)
        clock = gateway.clock
    }

    /// Fetches files, in their order, for as long as the bounds allow.
    ///
    /// The bytes count against the budget until ``LoadedAttachments/release()``, or until the files are dropped.
    func load(_ wanted: [RemoteFile], for options: AttachmentOptions) async -> LoadedAttachments {
        let end = clock.now() + options.timeout
        var loaded = LoadedAttachments()
        var waiting = wanted.makeIterator()
        await withTaskGroup(of: (RemoteFile, Result<HeldFile, AttachmentError>).self) { group in
            func start() {
                guard let next = waiting.next() else { return }
                group.addTask { (next, await fetch(next, for: options, until: end)) }
            }
            for _ in 0..<Self.simultaneous { start() }
            for await (attachment, result) in group {
                loaded.add(result, of: attachment, limitInBytes: Self.requestLimitInBytes)
                start()
            }
        }
        return loaded
    }

    private func fetch(
        _ file: RemoteFile, for options: AttachmentOptions, until end: Duration
    ) async -> Result<HeldFile, AttachmentError> {
        let remaining = end - clock.now()
        guard remaining > .zero, !Task.isCancelled else {
            return .failure(AttachmentError(.timedOut, "no time was left for an attachment"))
        }
        let limit = options.sizeLimitInBytes
        guard let share = budget.share(of: limit) else {
            return .failure(AttachmentError(.busy, "too many attachments are in memory already"))
        }
        do {
            let attachment = try await fetcher.fetch(
                file.url, name: file.name, declaredType: file.declaredType,
                limits: FetchLimits(
                    sizeInBytes: limit, timeout: remaining, allowedHosts: options.allowedHosts.map(HostPattern.init)))
            share.shrink(to: attachment.bytes.count)
            return .success(HeldFile(attachment: attachment, share: share))
        } catch {
            return .failure(error as? AttachmentError ?? AttachmentError(.timedOut, "the request was given up"))
        }
    }
}

/// A file in memory, and what it holds of the budget.
private struct HeldFile: Sendable {
    let attachment: ChatEvents.Attachment
    let share: ByteBudget.Share
}

/// The files of a request, by the URL that each came from.
struct LoadedAttachments: Sendable {
    private(set) var files: [String: ChatEvents.Attachment] = [:]
    private(set) var failures: [String: AttachmentError] = [:]
    private var sizeInBytes = 0
    private var shares: [ByteBudget.Share] = []

    /// No files.
    init() {}

    /// Gives back what the files hold of the budget, once they are not needed any more.
    func release() {
        for share in shares { share.release() }
    }

    fileprivate mutating func add(
        _ result: Result<HeldFile, AttachmentError>, of attachment: RemoteFile, limitInBytes: Int
    ) {
        switch result {
        case .failure(let error): failures[attachment.url] = error
        case .success(let held):
            let file = held.attachment
            guard sizeInBytes + file.bytes.count <= limitInBytes else {
                failures[attachment.url] = AttachmentError(
                    .tooLarge, "the attachments of one request have more than \(limitInBytes) bytes together")
                return
            }
            sizeInBytes += file.bytes.count
            files[attachment.url] = file
            shares.append(held.share)
        }
    }
}
