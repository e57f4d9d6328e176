import AWSSigning
import WallClock

/// Keys from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
///
/// A variable that is empty or blank counts as unset, white space around a value is no part of it, and the session
/// token's older name `AWS_SECURITY_TOKEN` is read too.
///
/// Source: AWS SDKs and Tools Reference Guide, "AWS access keys".
package struct EnvironmentCredentialSource: AWSCredentialSource {
    enum Name {
        static let accessKeyID = "AWS_ACCESS_KEY_ID"
        static let secretAccessKey = "AWS_SECRET_ACCESS_KEY"
        static let sessionToken = "AWS_SESSION_TOKEN"
        static let oldSessionToken = "AWS_SECURITY_TOKEN"
    }

    private let settings: AWSSettings

    /// Makes a source.
    ///
    /// - Parameter variables: The environment variables of the process.
    package init(variables: [String: String]) { settings = AWSSettings(variables: variables) }

    package var name: String { "the environment" }

    package func load() async throws(AWSCredentialError) -> AWSCredentials? {
        guard let accessKeyID = try key(Name.accessKeyID) else { return nil }
        guard let secretAccessKey = try key(Name.secretAccessKey) else {
            throw AWSCredentialError(
                .incomplete, message: "\(Name.accessKeyID) is set in the environment, \(Name.secretAccessKey) is not",
                hint: "set both or neither")
        }
        var sessionToken = try key(Name.sessionToken)
        if sessionToken == nil { sessionToken = try key(Name.oldSessionToken) }
        return AWSCredentials(
            SigningCredentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken),
            expiration: settings.variable("AWS_CREDENTIAL_EXPIRATION").flatMap(Timestamp.init(iso8601:)),
            accountID: settings.variable("AWS_ACCOUNT_ID"))
    }

    /// The value of a variable; nil when it is unset.
    private func key(_ name: String) throws(AWSCredentialError) -> String? {
        guard let value = settings.variable(name) else { return nil }
        guard value.isKeyText else {
            throw AWSCredentialError(
                .malformed, message: "\(name) in the environment holds a space or another character no key has",
                hint: "copy the value again")
        }
        return value
    }
}

extension String {
    /// Whether all characters are ones that keys and tokens have, and that a header can hold.
    var isKeyText: Bool { !isEmpty && utf8.allSatisfy { (0x21...0x7E).contains($0) } }

    /// The text without spaces, tabs and line breaks at its ends.
    func trimmingBlanks() -> String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
