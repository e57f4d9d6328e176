import AWSSigning
import WallClock

/// Asks AWS Security Token Service for temporary credentials.
///
/// Source: AWS Security Token Service API Reference.
package struct STSClient: Sendable {
    /// What the tool's sessions are called in the service's logs where nothing else is said.
    package static let defaultSessionName = "botctl"
    /// The largest answer that is read.
    private static let answerLimitInBytes = 262_144
    private static let timeout = Duration.seconds(10)

    private let client: AWSClient
    private let endpoint: AWSEndpoint
    private let region: String

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - client: Signs and sends; its credentials are those of the caller.
    ///   - endpoint: Where the service is.
    ///   - region: The region of the signature.
    package init(client: AWSClient, endpoint: AWSEndpoint, region: String) {
        self.client = client
        self.endpoint = endpoint
        self.region = region
    }

    /// Who the credentials are of.
    package struct CallerIdentity: Hashable, Sendable {
        package let account: String
        package let arn: String
        package let userID: String
    }

    /// Tells who the credentials are of; needs no permission.
    ///
    /// - Throws: ``AWSServiceError``, ``AWSTransportError``, ``AWSCredentialError``, `CancellationError`.
    package func callerIdentity() async throws -> CallerIdentity {
        let result = try await result(of: "GetCallerIdentity", [])
        guard let account = result.text("Account"), let arn = result.text("Arn"), let user = result.text("UserId")
        else { throw unreadable("GetCallerIdentity") }
        return CallerIdentity(account: account, arn: arn, userID: user)
    }

    /// Assumes a role with the caller's credentials.
    ///
    /// - Throws: ``AWSServiceError``, ``AWSTransportError``, ``AWSCredentialError``, `CancellationError`.
    package func assume(_ role: AssumedRole) async throws -> AWSCredentials {
        var form = [
            (name: "RoleArn", value: role.arn),
            (name: "RoleSessionName", value: Self.sessionName(role.sessionName)),
        ]
        if let duration = role.duration {
            form.append((name: "DurationSeconds", value: "\(duration.components.seconds)"))
        }
        if let externalID = role.externalID { form.append((name: "ExternalId", value: externalID)) }
        return try credentials(in: try await result(of: "AssumeRole", form), of: "AssumeRole")
    }

    /// Assumes a role with the token of a web identity; the request is not signed.
    ///
    /// - Throws: ``AWSServiceError``, ``AWSTransportError``, `CancellationError`.
    package func assume(_ role: WebIdentityRole, token: String) async throws -> AWSCredentials {
        let form = [
            (name: "RoleArn", value: role.arn),
            (name: "RoleSessionName", value: Self.sessionName(role.sessionName)),
            (name: "WebIdentityToken", value: token),
        ]
        let action = "AssumeRoleWithWebIdentity"
        return try credentials(in: try await result(of: action, form, authorization: .anonymous), of: action)
    }

    /// A name that the service takes: 2 to 64 of its characters, others as hyphens.
    private static func sessionName(_ name: String?) -> String {
        let text = (name ?? defaultSessionName).utf8.prefix(64).map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: byte
            default: "_+=,.@-".utf8.contains(byte) ? byte : UInt8(ascii: "-")
            }
        }
        return text.count < 2 ? defaultSessionName : String(decoding: text, as: UTF8.self)
    }

    private func result(
        of action: String, _ form: [(name: String, value: String)],
        authorization: AWSRequest.Authorization = .signed
    ) async throws -> XMLElement {
        let items = [(name: "Action", value: action), (name: "Version", value: "2011-06-15")] + form
        var request = AWSRequest(
            method: "POST", path: "/",
            headers: [(name: "content-type", value: "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(AWSRequest.query(items).utf8))
        request.authorization = authorization
        request.responseTimeout = Self.timeout
        var attempts = client.makeAttempts(to: endpoint)
        let response = try await client.send(
            request, to: endpoint, service: .sts, region: region, attempts: &attempts)
        guard response.status == 200 else { throw try await response.readError() }
        let body = try await response.readBody(limitInBytes: Self.answerLimitInBytes, timeout: Self.timeout)
        guard let root = try? XMLReader.parse(body), let result = root["\(action)Result"] else {
            throw unreadable(action)
        }
        return result
    }

    private func credentials(in result: XMLElement, of action: String) throws -> AWSCredentials {
        guard let keys = result["Credentials"], let accessKeyID = keys.text("AccessKeyId"), accessKeyID.isKeyText,
            let secret = keys.text("SecretAccessKey"), secret.isKeyText,
            let token = keys.text("SessionToken"), token.isKeyText
        else { throw unreadable(action) }
        // arn:PARTITION:sts::ACCOUNT:assumed-role/…
        let arn = result["AssumedRoleUser"]?.text("Arn")?.split(separator: ":", omittingEmptySubsequences: false)
        return AWSCredentials(
            SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: token),
            expiration: keys.text("Expiration").flatMap(Timestamp.init(iso8601:)),
            accountID: arn.flatMap { $0.count > 4 ? String($0[4]) : nil })
    }

    private func unreadable(_ action: String) -> AWSServiceError {
        AWSServiceError(
            status: 200, code: nil, message: "the answer to \(action) is not what the service answers", requestID: nil)
    }
}
