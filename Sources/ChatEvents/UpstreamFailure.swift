/// A failure as an upstream names it, and what it means to us: one line of the table of failures.
package struct UpstreamFailure: Hashable, Sendable {
    /// Whether the same request may be sent again, while the user has seen nothing of an answer.
    package enum RetryClass: String, Hashable, Sendable, CaseIterable {
        /// It would fail again.
        case never
        /// Something went wrong that may not go wrong again; tried again soon.
        case transient
        /// The upstream asked to slow down; tried again after a longer wait.
        case throttling
    }

    /// The upstream's name: `ThrottlingException`.
    package var name: String
    /// The HTTP status that goes with the name.
    package var status: Int
    package var kind: ChatFailure.Kind
    package var retry: RetryClass
    /// What has happened, for operators: a sentence.
    package var meaning: String

    package init(
        _ name: String, status: Int, _ kind: ChatFailure.Kind, retry: RetryClass = .never, meaning: String
    ) {
        self.name = name
        self.status = status
        self.kind = kind
        self.retry = retry
        self.meaning = meaning
    }
}
