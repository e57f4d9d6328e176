/// Why there are no keys to sign with.
package struct AWSCredentialError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case notFound, incomplete, malformed }
        private let value: Value

        /// No source is configured; the next one may be tried.
        package static let notFound = Code(value: .notFound)
        /// A source is configured by half; trying another would quietly use other keys.
        package static let incomplete = Code(value: .incomplete)
        /// A source holds something that cannot be a key.
        package static let malformed = Code(value: .malformed)
    }

    package let code: Code
    /// What was tried and what was found there.
    package let message: String
    /// What the person can do next.
    package let hint: String

    init(_ code: Code, message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    package var description: String { "\(message); \(hint)" }
}
