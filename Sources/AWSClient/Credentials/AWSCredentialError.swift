/// Why there are no keys to sign with.
package struct AWSCredentialError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case notFound, incomplete, malformed, failed, loginNeeded, expired }
        private let value: Value

        /// No source is configured.
        package static let notFound = Code(value: .notFound)
        /// A source is configured by half; trying another would quietly use other keys.
        package static let incomplete = Code(value: .incomplete)
        /// A source holds something that cannot be a key.
        package static let malformed = Code(value: .malformed)
        /// A source is configured and does not give keys: it refuses, or cannot be reached.
        package static let failed = Code(value: .failed)
        /// A person has to log in again.
        package static let loginNeeded = Code(value: .loginNeeded)
        /// The keys have expired and no others can be had.
        package static let expired = Code(value: .expired)
    }

    package let code: Code
    /// What was tried and what was found there.
    package let message: String
    /// What the person can do next; empty where the message says it all.
    package let hint: String

    package init(_ code: Code, message: String, hint: String = "") {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
