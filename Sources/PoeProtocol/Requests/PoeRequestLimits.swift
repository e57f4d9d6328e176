/// Bounds on a request body, beside its size in bytes, which the HTTP server bounds.
package struct PoeRequestLimits: Hashable, Sendable {
    /// How deep the JSON may nest; past it the body is refused.
    package var depth: Int
    /// How many JSON values the body may hold; past it the body is refused.
    package var values: Int
    /// How many messages of a conversation are kept, the newest; Poe itself may cut a history beyond 1000.
    package var messages: Int

    package init(depth: Int = 64, values: Int = 200_000, messages: Int = 2_000) {
        self.depth = depth
        self.values = values
        self.messages = messages
    }
}
