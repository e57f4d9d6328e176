import NIOCore
import ServerSentEvents

/// Reads the events of one answer and holds them to the rules of the protocol.
///
/// Stricter than Poe in one place, unless told otherwise: the first event must be `meta`, or `error`. The protocol lets
/// `meta` be absent, but then the way the answer is shown hangs on Poe's defaults.
struct PoeAnswerReader {
    private enum Phase {
        case beforeFirstEvent, open, done
    }

    private let limits: PoeClientLimits
    private let requiresMeta: Bool
    private var parser: ServerSentEventParser
    private var phase = Phase.beforeFirstEvent
    private var hasText = false
    /// The `error` event, once there was one.
    private(set) var failure: PoeErrorEvent?
    /// How many events there were.
    private(set) var eventCount = 0

    init(limits: PoeClientLimits, requiresMeta: Bool = true) {
        self.limits = limits
        self.requiresMeta = requiresMeta
        parser = ServerSentEventParser(byteLimit: limits.eventBytes)
    }

    /// Whether `done` has been read; nothing after it counts.
    var isDone: Bool { phase == .done }

    /// Takes in the next bytes of the answer.
    mutating func append(_ bytes: ByteBuffer) { bytes.withUnsafeReadableBytes { parser.append($0) } }

    /// The next event, or nil when more bytes are needed or `done` has been read.
    ///
    /// - Throws: ``PoeClientError`` with the code `protocolFault` or `tooLarge`.
    mutating func next() throws(PoeClientError) -> PoeEvent? {
        guard !isDone, let event = try nextEvent() else { return nil }
        eventCount += 1
        guard eventCount <= limits.events else {
            throw PoeClientError(.tooLarge, "the answer has more than \(limits.events) events")
        }
        if phase == .beforeFirstEvent {
            guard event.isMeta || event.isError || !requiresMeta else {
                throw PoeClientError(
                    .protocolFault, "the first event must be 'meta', not '\(event.name.asLabel(orElse: ""))'")
            }
            phase = .open
        }
        switch event {
        case .text, .replaceResponse: hasText = true
        case .error(let error): failure = failure ?? error
        case .done:
            guard hasText || failure != nil else {
                throw PoeClientError(.protocolFault, "the answer has neither a 'text' nor an 'error' event")
            }
            phase = .done
        case .meta, .suggestedReply, .file, .data, .json, .ping, .unknown: break
        }
        return event
    }

    /// Checks that the answer may end here.
    ///
    /// - Throws: ``PoeClientError`` with the code `protocolFault` when `done` is missing. After an `error` event it is
    ///   not missed: Poe closes the connection there.
    func finish() throws(PoeClientError) {
        guard !isDone, failure == nil else { return }
        let place = parser.hasUnfinishedEvent ? "within an event" : "after \(eventCount) events"
        throw PoeClientError(.protocolFault, "the stream ended without 'done', \(place)")
    }

    private mutating func nextEvent() throws(PoeClientError) -> PoeEvent? {
        do {
            guard let event = try parser.next() else { return nil }
            return try PoeEvent.decode(name: event.name, data: event.data)
        } catch let error as PoeEventError {
            throw PoeClientError(.protocolFault, error.description, cause: error)
        } catch {
            throw PoeClientError(.tooLarge, "\(error)", cause: error)
        }
    }
}

extension PoeEvent {
    fileprivate var isMeta: Bool { if case .meta = self { true } else { false } }
    fileprivate var isError: Bool { if case .error = self { true } else { false } }
}
