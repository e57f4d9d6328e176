import AsyncHTTPClient
package import NIOCore
import ServiceConnections
import Synchronization

/// The body of a service's answer, in the pieces in which it comes.
///
/// Little more than a piece is read from the connection while nobody asks for the next one.
package struct AWSResponseBody: AsyncSequence, Sendable {
    private enum Base: Sendable {
        case client(HTTPClientResponse.Body)
        case connection(ServiceAnswerBody)
    }

    private let base: Base

    init(_ body: HTTPClientResponse.Body) { base = .client(body) }

    init(_ body: ServiceAnswerBody) { base = .connection(body) }

    /// Reads one piece after the other; ending the task or dropping the iterator closes the connection.
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate enum Base {
            case client(HTTPClientResponse.Body.AsyncIterator)
            case connection(ServiceAnswerBody)
        }

        private var base: Base

        fileprivate init(_ base: Base) { self.base = base }

        /// The next piece, or nil at the end.
        ///
        /// - Throws: ``AWSTransportError`` when the connection breaks, `CancellationError`.
        package mutating func next() async throws -> ByteBuffer? {
            do {
                switch base {
                case .connection(let body):
                    while true {
                        switch try await body.next() {
                        case .bytes(let piece): return piece
                        case .alarm: continue
                        case .end: return nil
                        }
                    }
                case .client(var iterator):
                    let piece = try await iterator.next(isolation: #isolation)
                    base = .client(iterator)
                    if piece == nil { try Task.checkCancellation() }
                    return piece
                }
            } catch {
                try Task.checkCancellation()
                throw AWSTransportError(.interrupted, cause: error)
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        switch base {
        case .client(let body): AsyncIterator(.client(body.makeAsyncIterator()))
        case .connection(let body): AsyncIterator(.connection(body))
        }
    }
}

// MARK: - Batches

extension AWSResponseBody {
    /// A batch is handed on when it has reached this size, even if more is there.
    private static var batchLimitInBytes: Int { 65_536 }

    /// Reads the whole body and hands on together what has arrived together.
    ///
    /// Chunked transfer cuts a burst into many small pieces. Taking them one by one would wake the reader's own client
    /// for each; here a piece waits for its successor only as long as that is already there.
    ///
    /// - Parameters:
    ///   - deadline: When the reading ends that has led to nothing by then; nil when the caller's task is its only end.
    ///   - hasBegun: Says whether the reading has led to something; asked once, at the deadline.
    ///   - take: Gets each batch in order. While it runs nothing more is taken; what it throws ends the reading.
    /// - Throws: ``AWSTransportError``, with the code `timedOut` at the deadline; `CancellationError`, or what `take`
    ///   throws.
    package func forEachBatch(
        deadline: ContinuousClock.Instant? = nil, hasBegun: () -> Bool = { true },
        _ take: (ByteBuffer) async throws -> Void
    ) async throws {
        if case .connection(let body) = base {
            return try await forEachBatch(of: body, deadline: deadline, hasBegun: hasBegun, take)
        }
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
                if batch.readableBytes > 0, batch.readableBytes >= Self.batchLimitInBytes || !hasPiece.isSet {
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

    /// A connection of our own collects what arrives together, and wakes its reader once for it.
    private func forEachBatch(
        of body: ServiceAnswerBody, deadline: ContinuousClock.Instant?, hasBegun: () -> Bool,
        _ take: (ByteBuffer) async throws -> Void
    ) async throws {
        if let deadline { body.setAlarm(at: .now() + TimeAmount(ContinuousClock.now.duration(to: deadline))) }
        while true {
            let piece: ServiceAnswerBody.Piece
            do { piece = try await body.next() } catch {
                try Task.checkCancellation()
                throw AWSTransportError(.interrupted, cause: error)
            }
            switch piece {
            case .bytes(let bytes): try await take(bytes)
            case .alarm:
                guard hasBegun() else {
                    throw AWSTransportError(.timedOut, message: "the answer had begun, and nothing of it came")
                }
            case .end: return
            }
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
