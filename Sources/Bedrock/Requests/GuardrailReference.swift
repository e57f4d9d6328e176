/// A guardrail of Amazon Bedrock that watches a call.
package struct GuardrailReference: Hashable, Sendable {
    /// When the guardrail looks at a streamed answer.
    package enum Mode: String, Hashable, Sendable {
        /// Text is held back until it has been checked.
        case sync
        /// Text goes out at once, and the answer may be stopped afterwards.
        case async
    }

    /// The guardrail's id or ARN.
    package var id: String
    /// A number as text, or `DRAFT`.
    package var version: String
    package var mode: Mode

    /// A reference.
    package init(id: String, version: String, mode: Mode = .sync) {
        self.id = id
        self.version = version
        self.mode = mode
    }
}
