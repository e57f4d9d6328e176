import JSONCoding
import NIOHTTP1
import WallClock

/// Credentials of a machine of EC2, from its metadata service in the version with tokens (IMDSv2).
///
/// The version without tokens is not asked: what cannot send a header of its own should not get the machine's
/// credentials, and the tool need not be weaker than that.
///
/// Source: Amazon EC2 User Guide, "Use the Instance Metadata Service to access instance metadata".
package struct InstanceMetadataCredentialSource: AWSCredentialSource {
    private static let timeout = Duration.seconds(1)
    private static let path = "/latest/meta-data/iam/security-credentials/"
    private static let tokenHeader = "x-aws-ec2-metadata-token"
    /// How much longer credentials are used whose successors the service does not have yet.
    private static let extensionOfLateKeys = Duration.seconds(900)

    private let surroundings: AWSSurroundings
    private let settings: AWSSettings

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - surroundings: The world outside.
    ///   - settings: What environment and profile say of the service.
    package init(_ surroundings: AWSSurroundings, settings: AWSSettings) {
        self.surroundings = surroundings
        self.settings = settings
    }

    package var name: String { "the instance's metadata service" }

    package func load() async throws -> AWSCredentials? {
        guard !settings.isOn("AWS_EC2_METADATA_DISABLED", "ec2_metadata_disabled") else { return nil }
        let base = try endpoint()
        let token: String
        do {
            var request = MetadataRequest(method: .PUT, url: base.url(of: "/latest/api/token"), timeout: Self.timeout)
            request.headers = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")]
            let answer = try await request.send(in: surroundings, retriesTransport: false)
            guard answer.status == 200, answer.text.isKeyText else { throw refused("the token", answer) }
            token = answer.text
        } catch is AWSTransportError {
            // There is nobody at that address: the machine is none of EC2, or is not to ask.
            return nil
        }
        do {
            guard let role = try await text(of: Self.path, base, token) else { return nil }
            let name = role.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            guard name.isKeyText else { throw AWSCredentialError(.failed, message: "\(self.name) names no role") }
            let path = Self.path + AWSRequest.percentEncoded(name, keeping: Array("+=,@".utf8))
            guard let answer = try await answer(of: path, base, token) else { return nil }
            guard let object = answer.object, object["Code"]?.string ?? "Success" == "Success",
                let credentials = AWSCredentials(object, tokenName: "Token")
            else { throw refused("the role \(name)", answer) }
            return extended(credentials)
        } catch let error as AWSTransportError {
            throw AWSCredentialError(.failed, message: "\(name) does not answer to the end: \(error)")
        }
    }

    /// Where the service is.
    ///
    /// - Throws: ``AWSCredentialError``.
    package func endpoint() throws(AWSCredentialError) -> AWSEndpoint {
        do {
            if let url = settings.value("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint") {
                return try AWSEndpoint(parsing: url)
            }
            let mode = settings.value("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
            switch mode?.lowercased() {
            case nil, "ipv4": return try AWSEndpoint(parsing: "http://169.254.169.254")
            case "ipv6": return try AWSEndpoint(parsing: "http://[fd00:ec2::254]")
            case .some:
                throw AWSCredentialError(
                    .malformed, message: "\((mode ?? "").debugDescription) is no way to reach \(name)",
                    hint: "one of IPv4, IPv6")
            }
        } catch let error as AWSCredentialError {
            throw error
        } catch {
            throw AWSCredentialError(.malformed, message: "the address of \(name) is not usable: \(error)")
        }
    }

    private func text(of path: String, _ base: AWSEndpoint, _ token: String) async throws -> String? {
        try await answer(of: path, base, token)?.text
    }

    /// The answer to a request with the token; nil when the service has nothing there, as without a role.
    private func answer(
        of path: String, _ base: AWSEndpoint, _ token: String
    ) async throws -> MetadataRequest.Answer? {
        let request = MetadataRequest(
            url: base.url(of: path), headers: [(Self.tokenHeader, token)], timeout: Self.timeout)
        let answer = try await request.send(in: surroundings, retriesTransport: true)
        if answer.status == 404 { return nil }
        guard answer.status == 200 else { throw refused(path, answer) }
        return answer
    }

    private func refused(_ what: String, _ answer: MetadataRequest.Answer) -> AWSCredentialError {
        AWSCredentialError(
            .failed, message: "\(name) answers \(answer.status) when asked for \(what)",
            hint: "check the instance's role and metadata options, or set AWS_EC2_METADATA_DISABLED=true")
    }

    /// Credentials that have ended here are still good at the services while the instance's successors are late.
    private func extended(_ credentials: AWSCredentials) -> AWSCredentials {
        let now = surroundings.clock.now()
        guard let expiration = credentials.expiration, expiration <= now else { return credentials }
        let jitter = Duration.seconds(120 + 480 * surroundings.pauses.random())
        let end = now.advanced(by: Self.extensionOfLateKeys + jitter)
        return AWSCredentials(credentials.keys, expiration: end, accountID: credentials.accountID)
    }
}
