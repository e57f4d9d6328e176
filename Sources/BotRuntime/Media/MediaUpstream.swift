import ChatEvents
private import Synchronization

/// A service that makes files.
protocol MediaUpstream: Sendable {
    /// About how many bytes of files an order holds in memory at once.
    var heldBytes: Int { get }
    /// About how large a file of the model's is, in bytes.
    var fileBytes: Int { get }

    /// Makes what is ordered: statuses while it works, then the files, then `finished`.
    ///
    /// - Throws: ``ChatFailure``, `CancellationError`, or what `deliver` throws.
    func make(_ order: MediaOrder, call: MediaCall, deliver: ([ChatEvent]) async throws -> Void) async throws

    /// The most that an order can cost, in pieces and seconds.
    func bound(of order: MediaOrder) -> AnswerCost

    /// The call that an order would become, without making it.
    func describe(_ order: MediaOrder) -> UpstreamDescription
}

/// One order's place in the process.
struct MediaCall: Sendable {
    /// The id that all logs of the request carry.
    let requestID: String
    /// Told what is to be paid for as soon as that is certain.
    let bill: MediaBill
    /// Takes files that come in pieces.
    let files: any FileShelf
    /// Told how much the order holds in memory.
    let share: ByteBudget.Share
}

/// What is to be paid for one order, whatever becomes of its answer.
final class MediaBill: Sendable {
    /// What a model made.
    struct Made: Hashable, Sendable {
        var images = 0
        var videoSeconds = 0
    }

    private let state = Mutex(Made())

    /// What is to be paid for by now.
    var made: Made { state.withLock { $0 } }

    func setImages(_ count: Int) { state.withLock { $0.images = count } }

    func setVideoSeconds(_ seconds: Int) { state.withLock { $0.videoSeconds = seconds } }
}

/// A service with one order, as the streaming service asks it.
struct OrderedUpstream: ChatUpstream {
    let upstream: any MediaUpstream
    let order: MediaOrder
    let call: MediaCall

    func answer(
        _ request: ChatRequest, requestID: String, deliver: ([ChatEvent]) async throws -> Void
    ) async throws {
        try await upstream.make(order, call: call, deliver: deliver)
    }
}
