package import AWSSigning

/// Keys from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
///
/// A variable that is empty or blank counts as unset, white space around a value is no part of it, and the session
/// token's older name `AWS_SECURITY_TOKEN` is read too.
///
/// Source: AWS SDKs and Tools Reference Guide, "AWS access keys".
package struct EnvironmentCredentialProvider: AWSCredentialProvider {
    private enum Name {
        static let accessKeyID = "AWS_ACCESS_KEY_ID"
        static let secretAccessKey = "AWS_SECRET_ACCESS_KEY"
        static let sessionToken = "AWS_SESSION_TOKEN"
        static let oldSessionToken = "AWS_SECURITY_TOKEN"
    }

    private let variables: [String: String]

    /// Makes a provider.
    ///
    /// - Parameter variables: The environment variables of the process.
    package init(variables: [String: String]) { self.variables = variables }

    package func credentials() async throws(AWSCredentialError) -> SigningCredentials {
        guard let accessKeyID = try value(of: Name.accessKeyID) else {
            throw AWSCredentialError(
                .notFound,
                message: "no AWS credentials: tried the environment, where \(Name.accessKeyID) is not set",
                hint:
                    "set \(Name.accessKeyID) and \(Name.secretAccessKey), and \(Name.sessionToken) with temporary keys"
            )
        }
        guard let secretAccessKey = try value(of: Name.secretAccessKey) else {
            throw AWSCredentialError(
                .incomplete, message: "\(Name.accessKeyID) is set in the environment, \(Name.secretAccessKey) is not",
                hint: "set both or neither")
        }
        var sessionToken = try value(of: Name.sessionToken)
        if sessionToken == nil { sessionToken = try value(of: Name.oldSessionToken) }
        return SigningCredentials(
            accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken)
    }

    /// The value without white space around it; nil when nothing is left.
    private func value(of name: String) throws(AWSCredentialError) -> String? {
        guard let value = variables[name]?.trimmingBlanks(), !value.isEmpty else { return nil }
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw AWSCredentialError(
                .malformed, message: "\(name) in the environment holds a space or another character no key has",
                hint: "copy the value again")
        }
        return value
    }
}

extension String {
    /// The text without spaces, tabs and line breaks at its ends.
    func trimmingBlanks() -> String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension EnvironmentCredentialProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The variables hold secrets, and descriptions end up in logs.
    package var description: String { "EnvironmentCredentialProvider" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
