import Bedrock
import ChatEvents
import EventStreamCoding
import JSONCoding

/// What must hold of the translation of streamed answers, whatever the service sends.
package enum AnswerInvariants {
    /// What an input breaks, in words; empty when all holds.
    ///
    /// The input is the messages of an answer with U+001E between them: a line with the event's type, then the payload.
    /// A type that ends in `Exception` is an exception; the first message says `inline` when thoughts may stand in
    /// text.
    package static func violations(of input: [UInt8]) -> [String] {
        let pieces = input.split(separator: 0x1E, maxSplits: 64, omittingEmptySubsequences: false)
        let isInline = pieces.first.map { Array($0) == Array("inline".utf8) } ?? false
        let messages = pieces.map(message)
        let whole = read(messages, inline: isInline)
        var found = orderViolations(of: whole.events)
        // With an unknown member in front the general parser reads what the scanner read.
        let general = read(messages.map(padded), inline: isInline)
        if joined(general.events) != joined(whole.events) || general.failure != whole.failure {
            found.append("the scanner and the parser do not agree")
        }
        return found
    }

    private static func message(_ piece: ArraySlice<UInt8>) -> EventStreamMessage {
        let parts = piece.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let type = String(decoding: parts.first ?? [], as: UTF8.self)
        let kind = type.hasSuffix("Exception") ? "exception" : "event"
        return EventStreamMessage(
            headers: [
                EventStreamHeader(name: ":\(kind)-type", value: .string(type)),
                EventStreamHeader(name: ":message-type", value: .string(kind)),
            ],
            payload: parts.count == 2 ? Array(parts[1]) : [])
    }

    private static func padded(_ message: EventStreamMessage) -> EventStreamMessage {
        guard message.payload.first == UInt8(ascii: "{"), (try? JSONParser.parse(message.payload)) != nil else {
            return message
        }
        var message = message
        let isEmpty =
            message.payload.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) } == UInt8(ascii: "}")
        message.payload = Array((isEmpty ? "{\"zz\":[1]" : "{\"zz\":[1],").utf8) + message.payload.dropFirst()
        return message
    }

    private static func read(
        _ messages: [EventStreamMessage], inline: Bool
    ) -> (events: [ChatEvent], failure: ChatFailure?) {
        var decoder = ConverseStreamDecoder(thoughts: ThoughtSource(modelID: "m", areInline: inline))
        var events: [ChatEvent] = []
        do throws(ChatFailure) {
            for message in messages { try decoder.decode(message, into: &events) }
            try decoder.finish()
            return (events, nil)
        } catch {
            // Where reading stopped may be told in other words.
            return (events, ChatFailure(error.kind, detail: "", upstreamCode: error.upstreamCode))
        }
    }

    private static func orderViolations(of events: [ChatEvent]) -> [String] {
        var found: [String] = []
        var calls = 0
        var finished = 0
        var usages = 0
        for event in events {
            switch event {
            case .finished: finished += 1
            case .usage:
                usages += 1
                if finished != 1 { found.append("usage before the end") }
            case .toolCallStarted(let index, _, _):
                if index != calls { found.append("call \(index) where \(calls) comes next") }
                calls += 1
            case .toolCallInput(let index, _):
                if !(0..<calls).contains(index) { found.append("input of a call that has not begun") }
            case .text(let text), .reasoning(let text): if text.isEmpty { found.append("an empty piece") }
            case .reasoningBlock, .status, .file: break
            }
            if finished > 0, event.isContent { found.append("content after the end") }
        }
        if finished > 1 || usages > 1 { found.append("more than one end") }
        return found
    }

    /// The events with neighbouring pieces of one sort put together.
    private static func joined(_ events: [ChatEvent]) -> [ChatEvent] {
        events.reduce(into: []) { joined, event in
            switch (joined.last, event) {
            case (.text(let before)?, .text(let text)): joined[joined.count - 1] = .text(before + text)
            case (.reasoning(let before)?, .reasoning(let text)): joined[joined.count - 1] = .reasoning(before + text)
            default: joined.append(event)
            }
        }
    }
}

extension ChatEvent {
    fileprivate var isContent: Bool {
        switch self {
        case .finished, .usage: false
        default: true
        }
    }
}
