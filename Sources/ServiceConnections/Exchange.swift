import NIOCore
import NIOHTTP1
private import Synchronization

/// One request and its answer, between the event loop of the connection and the task that reads the answer.
///
/// The loop puts in what arrives, and the task takes all that waits in one piece. One task reads.
final class Exchange: Sendable {
    private struct State {
        var head: HTTPResponseHead?
        var buffer = ByteBuffer()
        var end: Result<Void, any Error>?
        var waiter: UnsafeContinuation<Void, Never>?
        var isAlarmDue = false
        /// Whether the connection waits for room in the buffer.
        var isHeldUp = false
        var timer: Scheduled<Void>?
        /// The connection that works for the exchange.
        var connection: NIOLoopBound<ServiceConnection>?
    }

    private let loop: any EventLoop
    private let bufferLimit: Int
    private let state = Mutex(State())

    init(on loop: any EventLoop, bufferLimit: Int) {
        self.loop = loop
        self.bufferLimit = bufferLimit
    }
}

// MARK: - The connection's side

extension Exchange {
    /// A connection takes the exchange up.
    ///
    /// - Returns: False when nobody waits for the answer any more.
    func begin(on connection: ServiceConnection) -> Bool {
        let connection = NIOLoopBound(connection, eventLoop: loop)
        return state.withLock { state in
            guard state.end == nil else { return false }
            state.connection = connection
            return true
        }
    }

    /// Gives the exchange up when no head has come in a time.
    func limitHead(to time: TimeAmount) {
        let timer = loop.scheduleTask(in: time) { [self] in
            fail(ServiceConnectionError(.timedOut, "no answer began within \(time.nanoseconds / 1_000_000) ms"))
        }
        state.withLock { $0.timer = timer }
    }

    func receive(_ head: HTTPResponseHead) {
        let timer = state.withLock { state in
            state.head = head
            return state.timer.take()
        }
        timer?.cancel()
    }

    func receive(_ bytes: ByteBuffer) {
        var bytes = bytes
        state.withLock { state in
            if state.buffer.readableBytes == 0 { state.buffer = bytes } else { state.buffer.writeBuffer(&bytes) }
        }
    }

    /// Wakes the task, once what has arrived together is in.
    func wake() { state.withLock { $0.waiter.take() }?.resume() }

    /// Whether no more should be read for now; the connection is told when there is room again.
    func isFull() -> Bool {
        state.withLock { state in
            state.isHeldUp = state.end == nil && state.buffer.readableBytes >= bufferLimit
            return state.isHeldUp
        }
    }

    /// The answer is complete.
    func complete() { end(.success(())) }

    /// The answer did not come, or breaks off.
    func fail(_ error: any Error) { end(.failure(error)) }

    private func end(_ end: Result<Void, any Error>) {
        let ended: State? = state.withLock { state in
            guard state.end == nil else { return nil }
            state.end = end
            defer { (state.waiter, state.timer, state.connection) = (nil, nil, nil) }
            return state
        }
        guard let ended else { return }
        ended.timer?.cancel()
        ended.waiter?.resume()
        if case .failure = end { tell(ended.connection) { $0.abandon(self) } }
    }
}

// MARK: - The task's side

extension Exchange {
    /// Waits for the head of the answer.
    ///
    /// - Throws: ``ServiceConnectionError``, `CancellationError`.
    func head() async throws -> HTTPResponseHead {
        while true {
            let head = try state.withLock { state in
                if let head = state.head { return head as HTTPResponseHead? }
                if case .failure(let error)? = state.end { throw error }
                return nil
            }
            if let head { return head }
            await wait { $0.head != nil || $0.end != nil }
        }
    }

    /// Waits for more of the body, or its end.
    ///
    /// - Throws: ``ServiceConnectionError``, after all bytes that came before it were given; `CancellationError`.
    func next() async throws -> ServiceAnswerBody.Piece {
        do { try Task.checkCancellation() } catch {
            abandon()
            throw error
        }
        while true {
            let (piece, resumed) = try take()
            tell(resumed) { $0.goOnReading() }
            if let piece { return piece }
            await wait { $0.buffer.readableBytes > 0 || $0.end != nil || $0.isAlarmDue }
        }
    }

    /// Wakes the reader at a time, once.
    func setAlarm(at time: NIODeadline) {
        let timer = loop.scheduleTask(deadline: time) { [self] in
            let waiter = state.withLock { state in
                state.isAlarmDue = true
                return state.waiter.take()
            }
            waiter?.resume()
        }
        let idleTimer = state.withLock { state in
            guard state.end == nil else { return timer as Scheduled<Void>? }
            defer { state.timer = timer }
            return state.timer
        }
        idleTimer?.cancel()
    }

    /// Nobody reads the answer any more; the connection is closed unless the answer is complete.
    func abandon() { fail(CancellationError()) }

    private func take() throws -> (ServiceAnswerBody.Piece?, NIOLoopBound<ServiceConnection>?) {
        try state.withLock { state in
            // First, as a service may send without an end what leads to nothing.
            if state.isAlarmDue {
                state.isAlarmDue = false
                return (.alarm, nil)
            }
            if state.buffer.readableBytes > 0 {
                let resumed = state.isHeldUp ? state.connection : nil
                state.isHeldUp = false
                let bytes = state.buffer
                state.buffer = ByteBuffer()
                return (.bytes(bytes), resumed)
            }
            guard let end = state.end else { return (nil, nil) }
            try end.get()
            return (.end, nil)
        }
    }

    private func wait(until isDue: @Sendable (borrowing State) -> Bool) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let isDue = state.withLock { state in
                    if isDue(state) { return true }
                    assert(state.waiter == nil, "two tasks read one answer")
                    state.waiter = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            abandon()
        }
    }

    /// Tells the connection something, on its loop.
    private func tell(
        _ connection: NIOLoopBound<ServiceConnection>?, _ word: @escaping @Sendable (ServiceConnection) -> Void
    ) {
        guard let connection else { return }
        if loop.inEventLoop {
            word(connection.value)
        } else {
            loop.execute { word(connection.value) }
        }
    }
}
