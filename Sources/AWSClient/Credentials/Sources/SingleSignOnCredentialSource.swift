import AWSConfigFiles
import AWSSigning
import Crypto
import FileAccess
import JSONCoding
import NIOHTTP1
package import Secrets
package import WallClock

/// Credentials for a login of IAM Identity Center, over the token that `aws sso login` has left in its cache.
///
/// Source: AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider" and "Understanding SSO token
/// provider"; AWS IAM Identity Center Portal API Reference, GetRoleCredentials.
package struct SingleSignOnCredentialSource: Sendable {
    private static let timeout = Duration.seconds(10)
    /// A token is refreshed when it has less than this left.
    private static let refreshWindow = Duration.seconds(300)
    private static let tokenLimitInBytes = 65_536

    private let login: SingleSignOn
    private let surroundings: AWSSurroundings
    private let endpoints: AWSEndpointResolver

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - login: What the profile says.
    ///   - surroundings: The world outside.
    ///   - endpoints: Where the services are.
    package init(_ login: SingleSignOn, in surroundings: AWSSurroundings, endpoints: AWSEndpointResolver) {
        self.login = login
        self.surroundings = surroundings
        self.endpoints = endpoints
    }

    /// What the cache holds of a login.
    package struct Token: Sendable {
        /// What opens the services of the login.
        package let accessToken: Secret
        /// When it ends.
        package let expiresAt: Timestamp
        fileprivate let file: JSONObject
        fileprivate let path: String
    }

    /// Gets credentials for the token.
    ///
    /// - Throws: ``AWSCredentialError``, `CancellationError`.
    package func load() async throws -> AWSCredentials {
        guard let role = login.role else {
            throw AWSCredentialError(
                .incomplete, message: "the AWS profile \(login.profile) is for a token and names no account and role",
                hint: "add sso_account_id and sso_role_name")
        }
        let token = try await token()
        let answer = try await ask(token, for: role)
        guard answer.status == 200, let object = answer.object?["roleCredentials"]?.object,
            let accessKeyID = object["accessKeyId"]?.string, accessKeyID.isKeyText,
            let secret = object["secretAccessKey"]?.string, secret.isKeyText,
            let sessionToken = object["sessionToken"]?.string, sessionToken.isKeyText
        else {
            if answer.status == 401 { throw loginNeeded("the token is no longer good") }
            throw AWSCredentialError(
                .failed, message: "IAM Identity Center answers \(answer.status) without credentials",
                hint: "check sso_account_id and sso_role_name of the AWS profile \(login.profile)")
        }
        return AWSCredentials(
            SigningCredentials(accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: sessionToken),
            expiration: object["expiration"]?.integer.map { Timestamp(millisecondsSinceEpoch: Int64($0)) },
            accountID: role.accountID)
    }

    private func ask(_ token: Token, for role: SingleSignOn.Role) async throws -> MetadataRequest.Answer {
        let items = [(name: "role_name", value: role.name), (name: "account_id", value: role.accountID)]
        let query = AWSRequest.query(items)
        let url = try endpoint(of: .sso).url(of: "/federation/credentials?\(query)")
        let request = MetadataRequest(
            url: url, headers: [("x-amz-sso_bearer_token", token.accessToken.reveal())], timeout: Self.timeout)
        do {
            return try await request.send(in: surroundings, retriesTransport: true) { $0.status == 429 }
        } catch let error as AWSTransportError {
            throw AWSCredentialError(.failed, message: "IAM Identity Center cannot be asked: \(error)")
        }
    }

    private func endpoint(of service: AWSService) throws(AWSCredentialError) -> AWSEndpoint {
        do {
            return try endpoints.endpoint(of: service, region: login.region)
        } catch {
            throw AWSCredentialError(.malformed, message: "IAM Identity Center cannot be reached: \(error)")
        }
    }

    private func loginNeeded(_ reason: String) -> AWSCredentialError {
        let command = login.session.map { "aws sso login --sso-session \($0)" } ?? "aws sso login"
        return AWSCredentialError(
            .loginNeeded, message: "the login of the AWS profile \(login.profile) is over: \(reason)",
            hint: "run '\(command)\(login.session == nil ? " --profile \(login.profile)" : "")'")
    }
}

// MARK: - The token

extension SingleSignOnCredentialSource {
    /// The token of the login, refreshed where it ends soon and the cache holds what is needed for that.
    ///
    /// - Throws: ``AWSCredentialError``, with the code `loginNeeded` when a person has to log in again.
    package func token() async throws -> Token {
        let token = try cachedToken()
        let left = token.expiresAt.since(surroundings.clock.now())
        if left >= Self.refreshWindow { return token }
        if login.session != nil, let fresh = try await refreshed(token) { return fresh }
        guard left > .zero else { throw loginNeeded("its token ended at \(token.expiresAt.iso8601)") }
        return token
    }

    private func cachedToken() throws(AWSCredentialError) -> Token {
        let key = login.session ?? login.startURL
        let name = Insecure.SHA1.hash(data: Array(key.utf8)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 0xF, radix: 16)
        }.joined()
        guard let folder = surroundings.locations.ssoCache else {
            throw loginNeeded("there is no home directory to look for a token in")
        }
        let path = "\(folder)/\(name).json"
        let bytes: [UInt8]
        do {
            bytes = try surroundings.files.read(path, limitInBytes: Self.tokenLimitInBytes)
        } catch {
            throw loginNeeded("there is no token: \(error)")
        }
        guard let file = (try? JSONParser.parse(bytes, limits: JSONLimits(depth: 16, values: 1000)))?.object,
            let accessToken = file["accessToken"]?.string, accessToken.isKeyText,
            let expiresAt = file["expiresAt"]?.string.flatMap(Timestamp.init(iso8601:))
        else { throw loginNeeded("\(path) holds no token") }
        return Token(accessToken: Secret(accessToken), expiresAt: expiresAt, file: file, path: path)
    }

    /// Gets a new token for the refresh token in the cache, and writes the cache back.
    ///
    /// Source: AWS IAM Identity Center OIDC API Reference, CreateToken.
    ///
    /// - Returns: The token; nil when the cache does not allow it or the service does not give one.
    private func refreshed(_ token: Token) async throws -> Token? {
        guard let refreshToken = token.file["refreshToken"]?.string, let id = token.file["clientId"]?.string,
            let secret = token.file["clientSecret"]?.string,
            let registrationEnd = token.file["registrationExpiresAt"]?.string.flatMap(Timestamp.init(iso8601:)),
            registrationEnd > surroundings.clock.now()
        else { return nil }
        let form: JSONValue = [
            "grantType": "refresh_token", "clientId": .string(id), "clientSecret": .string(secret),
            "refreshToken": .string(refreshToken),
        ]
        let request = MetadataRequest(
            method: .POST, url: try endpoint(of: .ssoOIDC).url(of: "/token"),
            headers: [("content-type", "application/json")], body: form.encoded(), timeout: Self.timeout)
        let answer: MetadataRequest.Answer
        do {
            answer = try await request.send(over: surroundings.transport)
        } catch is AWSTransportError {
            return nil
        }
        guard answer.status == 200, let object = answer.object, let accessToken = object["accessToken"]?.string,
            accessToken.isKeyText, let seconds = object["expiresIn"]?.integer, (1...31_536_000).contains(seconds)
        else { return nil }
        let expiresAt = surroundings.clock.now().advanced(by: .seconds(seconds))
        let replacements = [
            "accessToken": accessToken, "expiresAt": expiresAt.iso8601,
            "refreshToken": object["refreshToken"]?.string ?? refreshToken,
        ]
        let file = JSONObject(token.file.map { ($0.name, replacements[$0.name].map(JSONValue.string) ?? $0.value) })
        // The new token is good for this process whether or not others see it too.
        try? surroundings.writer?.write(JSONValue.object(file).encoded(), to: token.path)
        return Token(accessToken: Secret(accessToken), expiresAt: expiresAt, file: file, path: token.path)
    }
}
