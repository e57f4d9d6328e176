import AsyncHTTPClient
package import NIOCore
import Synchronization

/// The body of a service's answer, in the pieces in which it comes.
///
/// Nothing is read from the connection while nobody asks for the next piece, but for what is already on its way.
package struct AWSResponseBody: AsyncSequence, Sendable {
    private let base: HTTPClientResponse.Body

    init(_ base: HTTPClientResponse.Body) { self.base = base }

    /// Reads one piece after the other; ending the task or dropping the iterator closes the connection.
    package struct AsyncIterator: AsyncIteratorProtocol {
        private var base: HTTPClientResponse.Body.AsyncIterator

        fileprivate init(_ base: HTTPClientResponse.Body.AsyncIterator) { self.base = base }

        /// The next piece, or nil at the end.
        ///
        /// - Throws: ``AWSTransportError`` when the connection breaks, `CancellationError`.
        package mutating func next() async throws -> ByteBuffer? {
            do {
                let piece = try await base.next(isolation: #isolation)
                if piece == nil { try Task.checkCancellation() }
                return piece
            } catch {
                try Task.checkCancellation()
                throw AWSTransportError(.interrupted, cause: error)
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base.makeAsyncIterator()) }
}

// MARK: - Batches

extension AWSResponseBody {
    /// Reads the whole body and hands on together what has arrived together.
    ///
    /// Chunked transfer cuts a burst into many small pieces. Taking them one by one would wake the reader's own client
    /// for each; here a piece waits for its successor only as long as that is already there.
    ///
    /// - Parameters:
    ///   - limitInBytes: A batch is handed on when it has reached this size, even if more is there.
    ///   - deadline: When the reading ends that has led to nothing by then; nil when the caller's task is its only end.
    ///   - hasBegun: Says whether the reading has led to something; asked once, at the deadline.
    ///   - take: Gets each batch in order. While it runs nothing more is taken; what it throws ends the reading.
    /// - Throws: ``AWSTransportError``, with the code `timedOut` at the deadline; `CancellationError`, or what `take`
    ///   throws.
    package func forEachBatch(
        limitInBytes: Int = 65_536, deadline: ContinuousClock.Instant? = nil, hasBegun: () -> Bool = { true },
        _ take: (ByteBuffer) async throws -> Void
    ) async throws {
        let reader = Reader(makeAsyncIterator())
        try await withThrowingTaskGroup(of: Step.self) { group in
            // What still sleeps at the end has nothing to say any more.
            defer { group.cancelAll() }
            if let deadline {
                group.addTask {
                    try await Task.sleep(until: deadline, clock: .continuous)
                    return .deadline
                }
            }
            var batch = ByteBuffer()
            while true {
                let hasPiece = Flag()
                // An immediate task runs at once on this thread, and only leaves it when it has to wait.
                group.addImmediateTask {
                    let piece = try await reader.next()
                    hasPiece.set()
                    return .piece(piece)
                }
                if batch.readableBytes > 0, batch.readableBytes >= limitInBytes || !hasPiece.isSet {
                    try await take(batch)
                    batch = ByteBuffer()
                }
                var step = try await group.next()
                if case .deadline? = step {
                    guard hasBegun() else {
                        throw AWSTransportError(.timedOut, message: "the answer had begun, and nothing of it came")
                    }
                    step = try await group.next()
                }
                guard case .piece(var piece?)? = step else { break }
                if batch.readableBytes == 0 { batch = piece } else { batch.writeBuffer(&piece) }
            }
            if batch.readableBytes > 0 { try await take(batch) }
        }
    }

    /// What a task of the loop above ends with.
    private enum Step: Sendable {
        case piece(ByteBuffer?)
        case deadline
    }

    /// An iterator that tasks may share.
    ///
    /// Sendable although the iterator is not: the loop above starts a reading task only when the one before has ended,
    /// so that never two touch it at once.
    private final class Reader: @unchecked Sendable {
        private var iterator: AsyncIterator

        init(_ iterator: AsyncIterator) { self.iterator = iterator }

        func next() async throws -> ByteBuffer? { try await iterator.next() }
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)

        var isSet: Bool { value.load(ordering: .acquiring) }

        func set() { value.store(true, ordering: .releasing) }
    }
}
