import ChatEvents
import EventStreamCoding
import JSONCoding

extension ChatFailure {
    /// The failure that a message of an event stream reports; nil for a message that is an event, or of a type that
    /// is not known.
    ///
    /// An exception that the service's model knows has the status that the same exception has outside a stream. An
    /// `error` is one that the model does not know; its name and text are in the headers.
    ///
    /// Source: Smithy specification, "Amazon Event Stream Specification", message types; Amazon Bedrock API Reference,
    /// ResponseStream, ModelStreamErrorException.
    init?(in message: EventStreamMessage, requestID: String?) {
        switch message.string(":message-type") {
        case "exception": self.init(exception: message, requestID: requestID)
        case "error":
            self.init(
                code: message.string(":error-code") ?? "", text: message.string(":error-message") ?? "",
                requestID: requestID)
        case nil:
            self.init(
                .modelError, detail: "a message does not say of what type it is", upstreamRequestID: requestID)
        default: return nil
        }
    }

    private init(exception message: EventStreamMessage, requestID: String?) {
        let payload = (try? JSONParser.parse(message.payload)) ?? .null
        var text = payload["message"]?.string ?? payload["Message"]?.string ?? ""
        let original = payload["originalStatusCode"]?.integer
        if let reason = payload["originalMessage"]?.string {
            text += " (\(original.map { "\($0): " } ?? "")\(reason))"
        } else if let original {
            text += " (\(original))"
        }
        // Names within a stream start with a small letter.
        let name = message.string(":exception-type") ?? ""
        self.init(code: name.prefix(1).uppercased() + name.dropFirst(), text: text, requestID: requestID)
    }

    private init(code: String, text: String, requestID: String?) {
        self.init(
            bedrockStatus: BedrockFailures.named(code)?.status ?? 500, code: code.isEmpty ? nil : code,
            message: Self.firstLine(of: text), requestID: requestID)
    }

    private static let longestMessage = 500

    /// The first line that is not blank, without control characters: what follows may hold more than a log should.
    private static func firstLine(of text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
        return String(
            line.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(longestMessage)
                .map(Character.init))
    }
}
