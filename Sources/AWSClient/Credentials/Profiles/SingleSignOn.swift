import AWSConfigFiles

/// A login of IAM Identity Center, as a profile describes it.
package struct SingleSignOn: Hashable, Sendable {
    /// The profile, for messages.
    package let profile: String
    /// The section that holds the login; nil in profiles of the old form.
    package let session: String?
    /// Where the login was made.
    package let startURL: String
    /// The region of IAM Identity Center.
    package let region: String
    /// The account and the role in it; nil when the profile is for a token alone.
    package let role: Role?

    /// An account, and a role that a person may take there.
    package struct Role: Hashable, Sendable {
        package let accountID: String
        package let name: String
    }

    /// Reads the login of a profile; nil when it has none.
    ///
    /// - Throws: ``AWSCredentialError`` for one that is incomplete or contradicts itself.
    init?(_ profile: AWSProfile, _ profiles: AWSProfiles) throws(AWSCredentialError) {
        func refuse(_ message: String) -> AWSCredentialError {
            AWSCredentialError(
                .incomplete, message: "the AWS profile \(profile.name) \(message)", hint: "run 'aws configure sso'")
        }
        let keys = ["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"]
        guard keys.contains(where: { profile.nonEmpty($0) != nil }) else { return nil }
        let session = profile.nonEmpty("sso_session")
        let account = profile.nonEmpty("sso_account_id")
        let role = profile.nonEmpty("sso_role_name")
        if account == nil, role != nil { throw refuse("has sso_role_name and no sso_account_id") }
        if account != nil, role == nil { throw refuse("has sso_account_id and no sso_role_name") }
        var source = profile
        if let session {
            guard let section = profiles.ssoSessions[session] else {
                throw refuse("names the sso-session \(session), which does not exist")
            }
            for key in ["sso_region", "sso_start_url"] {
                if let own = profile.nonEmpty(key), own != section.nonEmpty(key) {
                    throw refuse("has another \(key) than its sso-session \(session)")
                }
            }
            source = section
        }
        guard let startURL = source.nonEmpty("sso_start_url") else { throw refuse("has no sso_start_url") }
        guard let region = source.nonEmpty("sso_region") else { throw refuse("has no sso_region") }
        if session == nil, account == nil { throw refuse("has no sso_account_id") }
        self.profile = profile.name
        self.session = session
        self.startURL = startURL
        self.region = region
        if let account, let role {
            self.role = Role(accountID: account, name: role)
        } else {
            self.role = nil
        }
    }
}
