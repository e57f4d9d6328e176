/// A failure that stops a rollout before anything is written.
package struct RolloutError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value { case accessKey, candidate, missingBot }

        private let value: Value

        /// The access key of a bot that is to be asked cannot be had.
        package static let accessKey = Code(value: .accessKey)
        /// The gateway for the candidate did not start.
        package static let candidate = Code(value: .candidate)
        /// A bot that the plan changes is not among those that the rollout was given.
        package static let missingBot = Code(value: .missingBot)
    }

    package let code: Code
    /// What failed and on what, as a sentence without a full stop; never a secret.
    package let message: String
    /// What the person can do next, when we know it.
    package let hint: String?
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
    }

    package var description: String { message }
}
