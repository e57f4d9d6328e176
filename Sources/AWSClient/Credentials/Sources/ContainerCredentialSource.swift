import FileAccess

/// Credentials of a container, from the agent of ECS or EKS beside it.
///
/// Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
package struct ContainerCredentialSource: AWSCredentialSource {
    private enum Name {
        static let relativeURI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
        static let fullURI = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
        static let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
        static let tokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
    }

    private static let host = "http://169.254.170.2"
    /// The hosts that may be asked without TLS, besides the loopback ones.
    private static let plainHosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "[::1]"]
    private static let timeout = Duration.seconds(2)

    private let surroundings: AWSSurroundings
    private let settings: AWSSettings

    /// Makes a source.
    package init(_ surroundings: AWSSurroundings) {
        self.surroundings = surroundings
        settings = AWSSettings(variables: surroundings.variables)
    }

    package var name: String { "the container's agent" }

    package func load() async throws -> AWSCredentials? {
        guard let url = try url() else { return nil }
        var request = MetadataRequest(url: url, headers: [("accept", "application/json")], timeout: Self.timeout)
        if let token = try token() { request.headers.append(("authorization", token)) }
        let answer: MetadataRequest.Answer
        do {
            answer = try await request.send(in: surroundings, retriesTransport: true)
        } catch let error as AWSTransportError {
            throw AWSCredentialError(
                .failed, message: "\(name) at \(url) does not give credentials: \(error)",
                hint: "check that the task or pod has a role")
        }
        guard answer.status == 200, let object = answer.object,
            let credentials = AWSCredentials(object, tokenName: "Token")
        else {
            throw AWSCredentialError(
                .failed, message: "\(name) at \(url) answers \(answer.status) without credentials",
                hint: "check that the task or pod has a role")
        }
        return credentials
    }

    /// Where the credentials are; nil when no variable says so.
    ///
    /// Without TLS only the agents' own addresses and the machine itself are asked, as the answer is all a role can do.
    ///
    /// - Throws: ``AWSCredentialError``.
    package func url() throws(AWSCredentialError) -> String? {
        if let path = settings.variable(Name.relativeURI) {
            guard path.hasPrefix("/"), path.isKeyText else {
                throw AWSCredentialError(
                    .malformed, message: "\(Name.relativeURI) is no path", hint: "it starts with a slash")
            }
            return Self.host + path
        }
        guard let url = settings.variable(Name.fullURI) else { return nil }
        let endpoint: AWSEndpoint
        do {
            endpoint = try AWSEndpoint(parsing: String(url.prefix { $0 != "?" }))
        } catch {
            throw AWSCredentialError(.malformed, message: "\(Name.fullURI) is not usable: \(error)")
        }
        guard url.isKeyText else { throw AWSCredentialError(.malformed, message: "\(Name.fullURI) is no URL") }
        guard
            endpoint.scheme == .https || Self.plainHosts.contains(endpoint.host) || Self.isLoopback(endpoint.host)
        else {
            throw AWSCredentialError(
                .malformed, message: "\(Name.fullURI) names a host that must not be asked without TLS",
                hint: "use https, or an address of the machine or of the container's agent")
        }
        return url
    }

    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The token that the agent asks for; the file comes first, and is read each time, as it is replaced before it ends.
    private func token() throws(AWSCredentialError) -> String? {
        var token = settings.variable(Name.token)
        if let path = settings.variable(Name.tokenFile) {
            do {
                let bytes = try surroundings.files.read(path, limitInBytes: 65_536)
                token = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
            } catch {
                throw AWSCredentialError(
                    .failed, message: "the token of \(name) cannot be read: \(error)",
                    hint: "\(Name.tokenFile) names that file")
            }
        }
        guard let token else { return nil }
        guard token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw AWSCredentialError(.malformed, message: "the token of \(name) holds a character no header can hold")
        }
        return token
    }
}
