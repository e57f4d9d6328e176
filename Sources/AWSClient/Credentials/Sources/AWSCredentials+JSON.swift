import AWSSigning
import JSONCoding
import WallClock

extension AWSCredentials {
    /// Reads the object that metadata services and processes write; nil when a member is missing or cannot be one.
    ///
    /// - Parameters:
    ///   - object: The object.
    ///   - tokenName: The member with the session token: `Token`, or `SessionToken`.
    init?(_ object: JSONObject, tokenName: String) {
        guard let accessKeyID = object["AccessKeyId"]?.string?.trimmingBlanks(), accessKeyID.isKeyText,
            let secret = object["SecretAccessKey"]?.string?.trimmingBlanks(), secret.isKeyText
        else { return nil }
        let token = object[tokenName]?.string?.trimmingBlanks()
        guard token.map({ $0.isEmpty || $0.isKeyText }) ?? true else { return nil }
        var expiration: Timestamp?
        if let text = object["Expiration"]?.string {
            guard let time = Timestamp(iso8601: text) else { return nil }
            expiration = time
        }
        self.init(
            SigningCredentials(
                accessKeyID: accessKeyID, secretAccessKey: secret,
                sessionToken: token.flatMap { $0.isEmpty ? nil : $0 }),
            expiration: expiration, accountID: object["AccountId"]?.string)
    }
}
