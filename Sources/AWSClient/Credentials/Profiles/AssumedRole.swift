import AWSConfigFiles

/// A role that is assumed with the credentials that come before it.
package struct AssumedRole: Hashable, Sendable {
    /// The role's ARN.
    package let arn: String
    /// What the session is called in the service's logs; nil lets the tool choose.
    package var sessionName: String?
    /// What the role's trust policy asks for, agreed upon with the owner of another account.
    package var externalID: String?
    /// How long the session lasts; nil takes the service's default of an hour.
    package var duration: Duration?

    /// Makes a role.
    package init(arn: String, sessionName: String? = nil, externalID: String? = nil, duration: Duration? = nil) {
        self.arn = arn
        self.sessionName = sessionName
        self.externalID = externalID
        self.duration = duration
    }

    /// Reads the role of a profile.
    ///
    /// - Returns: The role, and the profile that `source_profile` names: nil where the profile itself holds the source.
    ///   Nil when the profile assumes no role, or does so with a web identity.
    /// - Throws: ``AWSCredentialError`` for a role without a source, with two, or with a device that a person must type
    ///   a code from.
    static func read(from profile: AWSProfile) throws(AWSCredentialError) -> (AssumedRole, source: String?)? {
        guard let arn = profile.nonEmpty("role_arn"), profile.nonEmpty("web_identity_token_file") == nil else {
            return nil
        }
        func refuse(_ message: String, _ hint: String) -> AWSCredentialError {
            AWSCredentialError(.incomplete, message: "the AWS profile \(profile.name) \(message)", hint: hint)
        }
        let source = profile.nonEmpty("source_profile")
        switch (source, profile.nonEmpty("credential_source")) {
        case (nil, nil):
            throw refuse(
                "assumes a role and does not say with which credentials", "add source_profile or credential_source")
        case (.some, .some):
            throw refuse("has both source_profile and credential_source", "remove one of the two")
        case (.some, nil), (nil, .some): break
        }
        guard profile.nonEmpty("mfa_serial") == nil else {
            throw refuse(
                "asks for a code of an MFA device (mfa_serial), which a server cannot type in",
                "assume the role with another tool and hand its keys over in the environment")
        }
        var role = AssumedRole(
            arn: arn, sessionName: profile.nonEmpty("role_session_name"), externalID: profile.nonEmpty("external_id"))
        if let text = profile.nonEmpty("duration_seconds") {
            guard let seconds = Int(text), (900...43_200).contains(seconds) else {
                throw refuse("has a duration_seconds that is no number from 900 to 43200", "correct it")
            }
            role.duration = .seconds(seconds)
        }
        return (role, source)
    }
}

/// A role that the token of a web identity opens, as in a pod of EKS.
package struct WebIdentityRole: Hashable, Sendable {
    /// The role's ARN.
    package let arn: String
    /// The file with the token; read anew each time, as it is replaced before it ends.
    package let tokenFile: String
    /// What the session is called in the service's logs; nil lets the tool choose.
    package let sessionName: String?

    /// Makes a role.
    package init(arn: String, tokenFile: String, sessionName: String? = nil) {
        self.arn = arn
        self.tokenFile = tokenFile
        self.sessionName = sessionName
    }

    /// Reads the role of a profile; nil when it names no token file.
    init?(_ profile: AWSProfile) throws(AWSCredentialError) {
        guard let tokenFile = profile.nonEmpty("web_identity_token_file") else { return nil }
        guard let arn = profile.nonEmpty("role_arn") else {
            throw AWSCredentialError(
                .incomplete, message: "the AWS profile \(profile.name) has web_identity_token_file and no role_arn",
                hint: "add role_arn")
        }
        self.init(arn: arn, tokenFile: tokenFile, sessionName: profile.nonEmpty("role_session_name"))
    }
}
