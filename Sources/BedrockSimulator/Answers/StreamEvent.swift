/// An event of a stream, ready for the wire.
struct StreamEvent: Sendable, Hashable {
    /// What it is called, so that a fault can leave it out.
    let name: String
    let bytes: [UInt8]
    /// The bytes of what it says, which a paced stream waits for.
    var textBytes = 0
}

/// The words in which an answer goes to the wire: one for each operation's shape.
protocol AnswerFormat: Sendable {
    /// The content type of a stream.
    var streamContentType: String { get }

    /// The events of a stream up to where the model stops.
    func events(of answer: Answer) throws -> [StreamEvent]

    /// The events from there on.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - latency: How long the call has taken.
    ///   - count: How many events came before.
    /// - Returns: The last events.
    /// - Throws: An error of the codec.
    func ending(of answer: Answer, latency: Duration, after count: Int) throws -> [StreamEvent]

    /// The body of the answer in one piece.
    func whole(_ answer: Answer, latency: Duration) -> [UInt8]

    /// What the stream carries when the service fails within it.
    func failure(_ error: StreamError) throws -> [UInt8]

    /// An event of a kind that no client knows.
    func unknownEvent() throws -> [UInt8]

    /// An event whose payload is no JSON.
    func malformedEvent() throws -> [UInt8]

    /// The beginning of an event that is longer than any client should take.
    func oversizedEvent() -> [UInt8]
}

/// How the service fails in the middle of a stream.
///
/// Source: Amazon Bedrock API reference, ConverseStream and InvokeModelWithResponseStream, response stream.
enum StreamError: String, Sendable, Hashable, CaseIterable {
    case internalServer = "internalServerException"
    case modelStream = "modelStreamErrorException"
    case validation = "validationException"
    case throttling = "throttlingException"
    case unavailable = "serviceUnavailableException"
    case modelTimeout = "modelTimeoutException"
    /// An error frame instead of an exception frame.
    case unmodeled

    /// What it says.
    var message: String {
        switch self {
        case .internalServer: "The system encountered an unexpected error during processing. Try your request again."
        case .modelStream: "The model stream was interrupted. Try your request again."
        case .validation: "The input does not fit the model."
        case .throttling: "Too many tokens, please wait before trying again."
        case .unavailable: "Bedrock is unable to process your request."
        case .modelTimeout: "The model took too long to answer."
        case .unmodeled: "An internal failure of the simulator's making."
        }
    }
}
