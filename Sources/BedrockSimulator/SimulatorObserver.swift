package import JSONCoding

/// Tells what arrives at a simulator and how it ends, so that a test can see its own requests from the other side.
///
/// Only requests to Bedrock whose signature holds are told. The closures run on the request's task and must return
/// soon.
package struct SimulatorObserver: Sendable {
    /// A request as it arrived.
    package struct Call: Sendable, Hashable {
        /// The operation: the last part of its path, such as `converse-stream`, or its name in lower case with hyphens,
        /// such as `list-foundation-models`.
        package let operation: String
        /// The model id as the caller named it, percent-decoded; empty for an operation without a model.
        package let modelID: String
        /// The region of the signature's scope.
        package let region: String
        /// The id that the answer carries in `x-amzn-RequestId`.
        package let requestID: String
        package let body: JSONValue

        package init(operation: String, modelID: String, region: String, requestID: String, body: JSONValue) {
            self.operation = operation
            self.modelID = modelID
            self.region = region
            self.requestID = requestID
            self.body = body
        }
    }

    /// How a request ended.
    package enum Outcome: Sendable, Hashable {
        /// The whole answer was handed to the connection.
        case completed
        /// The client went away, or the simulator was stopped, before the answer was complete.
        case cancelled
        /// An error was answered; the text is its code, such as `ValidationException`.
        case refused(code: String)
    }

    package var onRequest: @Sendable (Call) -> Void
    package var onEnd: @Sendable (Call, Outcome) -> Void

    package init(
        onRequest: @escaping @Sendable (Call) -> Void = { _ in },
        onEnd: @escaping @Sendable (Call, Outcome) -> Void = { _, _ in }
    ) {
        self.onRequest = onRequest
        self.onEnd = onEnd
    }
}
