import BotRuntime
import ChatEvents
import Synchronization
import ScriptedUpstream
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StreamingServiceTests {
    private let clock = ManualClock()
    private let request = ChatRequest(messages: [ChatMessage(role: .user, text: "Hello")])
    private let pacing = AnswerPacing(
        firstEventTimeout: .seconds(120), idleTimeout: .seconds(60), requestTimeout: .seconds(590))

    private func stream(
        to sink: inout RecordingSink, pacing: AnswerPacing? = nil,
        call: AnswerCall = AnswerCall(requestID: "request-1"),
        _ script: @escaping @Sendable (ChatRequest, ScriptedUpstream.Delivery) async throws -> Void
    ) async -> StreamedAnswer {
        let service = StreamingService(clock: MonotonicClock(clock), errors: ErrorService())
        return await service.stream(
            request, from: ScriptedUpstream(script), pacing: pacing ?? self.pacing, call: call, to: &sink)
    }

    // MARK: - Writes

    @Test func `what waits while a write lasts goes out in one write`() async {
        let firstIsBeingWritten = Signal()
        let restIsWaiting = Signal()
        var sink = RecordingSink()
        sink.beforeWrite = { count in
            guard count == 0 else { return }
            firstIsBeingWritten.set()
            await restIsWaiting.wait()
        }
        let finish = Signal()
        sink.onKeepAlive = {}
        let answer = await stream(to: &sink) { _, deliver in
            try await deliver([.text("0")])
            await firstIsBeingWritten.wait()
            for number in 1...20 { try await deliver([.text(" \(number)")]) }
            try await deliver([.finished(.endOfTurn), .usage(TokenUsage(input: 1, output: 21))])
            restIsWaiting.set()
            finish.set()
        }
        await finish.wait()
        #expect(sink.calls.first == .write([.text("0")]))
        // The rest and the end, in one call or, when the end came a moment later, in two.
        #expect(sink.calls.count <= 3)
        guard case .write(let second)? = sink.calls.dropFirst().first else {
            guard case .finish(let events, _)? = sink.calls.dropFirst().first else {
                Issue.record("nothing followed the first write")
                return
            }
            #expect(events.count == 22)
            return
        }
        #expect(second.count == 22)
        #expect(answer.usage == TokenUsage(input: 1, output: 21))
        #expect(answer.ending == .complete(.endOfTurn))
    }

    @Test func `a batch is written when it comes, not when the answer ends`() async {
        let isWritten = Signal()
        var sink = RecordingSink()
        sink.beforeWrite = { _ in isWritten.set() }
        let answer = await stream(to: &sink) { _, deliver in
            try await deliver([.text("early")])
            await isWritten.wait()
            try await deliver([.text(" late"), .finished(.endOfTurn)])
        }
        #expect(sink.calls.first == .write([.text("early")]))
        #expect(sink.text == "early late")
        #expect(answer.sizeInBytes == 10)
    }

    @Test func `a slow client holds the upstream back`() async {
        let release = Signal()
        let delivered = Mutex(0)
        let isFull = Signal()
        var sink = RecordingSink()
        sink.beforeWrite = { count in
            if count == 0 {
                await isFull.wait()
                for _ in 0..<100 { await Task.yield() }
                // The batch being written is out of the mailbox; what was put since fills it.
                #expect(delivered.withLock { $0 } <= 4)
                release.set()
            }
        }
        var tight = pacing
        tight.mailboxLimitInBytes = 1000
        let answer = await stream(to: &sink, pacing: tight) { _, deliver in
            for number in 0..<50 {
                if number == 2 { isFull.set() }
                try await deliver([.text(String(repeating: "x", count: 500))])
                delivered.withLock { $0 += 1 }
            }
            await release.wait()
            try await deliver([.finished(.endOfTurn)])
        }
        #expect(answer.sizeInBytes == 25_000)
        #expect(sink.text.utf8.count == 25_000)
    }

    // MARK: - Endings

    @Test func `a failure comes after what arrived before it`() async {
        var sink = RecordingSink()
        let answer = await stream(to: &sink) { _, deliver in
            try await deliver([.text("half")])
            throw ChatFailure(.throttled, detail: "ThrottlingException")
        }
        #expect(sink.text == "half")
        #expect(sink.ending?.failureKind == .throttled)
        #expect(answer.ending == sink.ending)
    }

    @Test func `an answer without a stop reason is a fault of the model`() async {
        var sink = RecordingSink()
        let answer = await stream(to: &sink) { _, deliver in try await deliver([.text("and then")]) }
        #expect(answer.ending.failureKind == .modelError)
    }

    @Test func `output that the model's service could not read is a fault of the model`() async {
        var sink = RecordingSink()
        let answer = await stream(to: &sink) { _, deliver in try await deliver([.finished(.malformed)]) }
        #expect(answer.ending.failureKind == .modelError)
    }

    @Test func `any other error is a fault of our own`() async {
        struct Surprise: Error {}
        var sink = RecordingSink()
        let answer = await stream(to: &sink) { _, _ in throw Surprise() }
        #expect(answer.ending.failureKind == .internalError)
    }

    @Test func `a sink that is full gets the end and nothing more`() async {
        let isCancelled = Signal()
        var sink = RecordingSink()
        sink.progress = .full
        let answer = await stream(to: &sink) { _, deliver in
            try await deliver([.text("long")])
            do { try await waitForever() } catch { isCancelled.set() }
        }
        await isCancelled.wait()
        #expect(sink.calls == [.write([.text("long")]), .finish([], .cut)])
        #expect(answer.ending == .cut)
    }

    @Test func `a sink that throws gives the answer up and cancels the upstream`() async {
        let isCancelled = Signal()
        var sink = RecordingSink()
        sink.beforeWrite = { _ in throw RecordingSink.Gone() }
        let answer = await stream(to: &sink) { _, deliver in
            try await deliver([.text("hello?")])
            do { try await waitForever() } catch { isCancelled.set() }
        }
        await isCancelled.wait()
        #expect(answer.ending == .abandoned)
        #expect(sink.calls.isEmpty)
    }

    @Test func `an upstream that waits for room learns that the client is gone`() async {
        var sink = RecordingSink()
        let isWaiting = Signal()
        sink.beforeWrite = { _ in
            await isWaiting.wait()
            throw RecordingSink.Gone()
        }
        var tight = pacing
        tight.mailboxLimitInBytes = 10
        let wasStopped = Signal()
        let answer = await stream(to: &sink, pacing: tight) { _, deliver in
            do {
                try await deliver([.text("0123456789")])
                isWaiting.set()
                while true { try await deliver([.text("0123456789")]) }
            } catch is CancellationError {
                wasStopped.set()
                throw CancellationError()
            }
        }
        await wasStopped.wait()
        #expect(answer.ending == .abandoned)
    }

    // MARK: - Ending from elsewhere

    @Test func `the control ends an answer with words for the user`() async {
        let call = AnswerCall(requestID: "request-1")
        var sink = RecordingSink()
        let answer = await stream(to: &sink, call: call) { _, deliver in
            try await deliver([.text("so far")])
            call.control.end(with: ChatFailure(.shuttingDown, detail: "stop"))
            try await waitForever()
        }
        #expect(sink.text == "so far")
        #expect(sink.ending?.failureKind == .shuttingDown)
        #expect(answer.ending.failureKind == .shuttingDown)
    }

    @Test func `a control that was used before the answer ends it at once`() async {
        let call = AnswerCall(requestID: "request-1")
        call.control.end(with: ChatFailure(.shuttingDown, detail: "stop"))
        var sink = RecordingSink()
        let answer = await stream(to: &sink, call: call) { _, _ in try await waitForever() }
        #expect(answer.ending.failureKind == .shuttingDown)
    }

    @Test func `an abandoned answer writes nothing more`() async {
        let call = AnswerCall(requestID: "request-1")
        var sink = RecordingSink()
        let answer = await stream(to: &sink, call: call) { _, _ in
            call.control.abandon()
            try await waitForever()
        }
        #expect(sink.calls.isEmpty)
        #expect(answer.ending == .abandoned)
    }

    @Test func `cancelling the calling task cancels the upstream`() async {
        let isAsked = Signal()
        let isCancelled = Signal()
        let task = Task {
            var sink = RecordingSink()
            return await stream(to: &sink) { _, _ in
                isAsked.set()
                do { try await waitForever() } catch { isCancelled.set() }
            }
        }
        await isAsked.wait()
        task.cancel()
        await isCancelled.wait()
        #expect(await task.value.ending == .abandoned)
    }

    // MARK: - Time

    @Test func `a sign of life goes out after fifteen seconds of silence`() async {
        let isAlive = Signal()
        let clock = clock
        var sink = RecordingSink()
        sink.onKeepAlive = { isAlive.set() }
        _ = await stream(to: &sink) { _, deliver in
            await clock.waitForSleeper()
            clock.advance(by: .seconds(14))
            await clock.waitForSleeper()
            clock.advance(by: .seconds(1))
            await isAlive.wait()
            try await deliver([.text("there"), .finished(.endOfTurn)])
        }
        #expect(sink.calls.first == .keepAlive)
        #expect(sink.text == "there")
        #expect(sink.calls.filter { $0 == .keepAlive }.count == 1)
    }

    @Test func `thinking that is not shown needs signs of life too`() async {
        let isAlive = Signal()
        let clock = clock
        var sink = RecordingSink()
        sink.progress = .skipped
        sink.onKeepAlive = { isAlive.set() }
        let isRead = Signal()
        sink.beforeWrite = { count in if count == 0 { isRead.set() } }
        _ = await stream(to: &sink) { _, deliver in
            await clock.waitForSleeper()
            clock.advance(by: .seconds(10))
            try await deliver([.reasoning("hm")])
            await isRead.wait()
            clock.advance(by: .seconds(5))
            await isAlive.wait()
            try await deliver([.finished(.endOfTurn)])
        }
        #expect(sink.calls.contains(.keepAlive))
    }

    @Test(arguments: [
        (AnswerPacing(firstEventTimeout: .seconds(5), idleTimeout: .seconds(60), requestTimeout: .seconds(590)), false),
        (AnswerPacing(firstEventTimeout: .seconds(60), idleTimeout: .seconds(5), requestTimeout: .seconds(590)), true),
        (AnswerPacing(firstEventTimeout: .seconds(60), idleTimeout: .seconds(60), requestTimeout: .seconds(5)), true),
        (AnswerPacing(firstEventTimeout: .seconds(60), idleTimeout: .seconds(60), requestTimeout: .seconds(5)), false),
    ])
    func `a deadline that passes ends the answer and the upstream`(pacing: AnswerPacing, speaksFirst: Bool) async {
        let clock = clock
        let isCancelled = Signal()
        let isWritten = Signal()
        var sink = RecordingSink()
        sink.beforeWrite = { _ in isWritten.set() }
        let answer = await stream(to: &sink, pacing: pacing) { _, deliver in
            await clock.waitForSleeper()
            if speaksFirst {
                try await deliver([.text("well")])
                await isWritten.wait()
            }
            clock.advance(by: .seconds(4))
            clock.advance(by: .seconds(1))
            do { try await waitForever() } catch { isCancelled.set() }
        }
        await isCancelled.wait()
        #expect(answer.ending.failureKind == .timedOut)
        #expect(sink.ending?.failureKind == .timedOut)
        #expect(sink.text == (speaksFirst ? "well" : ""))
    }

    @Test func `the first event's latency is told`() async {
        let clock = clock
        var sink = RecordingSink()
        let answer = await stream(to: &sink) { _, deliver in
            clock.advance(by: .milliseconds(300))
            try await deliver([.text("a")])
            clock.advance(by: .milliseconds(300))
            try await deliver([.finished(.endOfTurn)])
        }
        #expect(answer.firstEventLatency == .milliseconds(300))
    }
}
