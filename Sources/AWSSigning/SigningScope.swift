/// Where and when a signature holds: one day, one region, one service.
package struct SigningScope: Hashable, Sendable {
    /// The day in UTC as `YYYYMMDD`.
    package let day: String
    /// The region of the endpoint: `us-east-1`.
    package let region: String
    /// The signing name of the service: `bedrock`, `s3`, `sts`, `secretsmanager`.
    package let service: String

    /// Makes a scope from its parts, none of which may hold a `/`.
    package init(day: String, region: String, service: String) {
        self.day = day
        self.region = region
        self.service = service
    }

    /// The scope as it stands in the string to sign and in the credential: `20150830/us-east-1/bedrock/aws4_request`.
    package var text: String { "\(day)/\(region)/\(service)/\(Self.terminator)" }

    /// The last part of every scope of this version of the signing process.
    static let terminator = "aws4_request"
}
