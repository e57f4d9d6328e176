/// The keys that AWS requests are signed with.
///
/// The secret and the session token never show in a description, a dump or an interpolation.
package struct SigningCredentials: Hashable, Sendable {
    /// Names the secret; not secret itself.
    package let accessKeyID: String
    /// The long-lived or temporary secret; never sent.
    package let secretAccessKey: String
    /// Goes with temporary keys, and is sent with each request.
    package let sessionToken: String?

    /// Makes credentials; a token goes with temporary keys only.
    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension SigningCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let token = sessionToken == nil ? "" : ", sessionToken: <redacted>"
        return "SigningCredentials(accessKeyID: \(accessKeyID), secretAccessKey: <redacted>\(token))"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror {
        Mirror(self, children: ["accessKeyID": accessKeyID, "secretAccessKey": "<redacted>"])
    }
}
