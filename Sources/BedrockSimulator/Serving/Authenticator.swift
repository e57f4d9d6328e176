import AWSSigning
import WallClock

/// Decides whether a request to Bedrock may pass, and for which region it is.
struct Authenticator: Sendable {
    private let credentials: [String: SigningCredentials]
    private let bearerKeys: Set<String>
    private let region: String
    private let clock: WallClock
    private let verifier: SignatureVerifier

    init(_ configuration: SimulatorConfiguration) {
        let credentials = Dictionary(
            configuration.credentials.map { ($0.accessKeyID, $0) }, uniquingKeysWith: { $1 })
        self.credentials = credentials
        bearerKeys = Set(configuration.bearerKeys)
        region = configuration.region
        clock = configuration.clock
        verifier = SignatureVerifier { credentials[$0] }
    }

    /// Whether the request carries a bearer key that is accepted.
    func acceptsBearer(_ request: IncomingRequest) -> Bool { request.bearerKey.map(bearerKeys.contains) ?? false }

    /// The credentials of an access key id, with the session token of a request where they have none of their own.
    ///
    /// There are no sessions here that a token could belong to, and an environment may well hold one beside keys that
    /// were set for the simulator.
    func credentials(of id: String, sessionToken token: String?) -> SigningCredentials? {
        credentials[id].map {
            SigningCredentials(
                accessKeyID: id, secretAccessKey: $0.secretAccessKey, sessionToken: $0.sessionToken ?? token)
        }
    }

    /// Verifies the signature in the headers.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - bodyHash: The hash that the signature covers.
    /// - Returns: Who signed, and for which region and service.
    /// - Throws: ``SignatureError``.
    func verify(_ request: IncomingRequest, bodyHash: String) throws(SignatureError) -> SignatureVerifier.Signer {
        let signed = SigningRequest(
            method: request.method, target: request.target.text, headers: request.headers, bodyHash: bodyHash)
        guard let token = request.header("x-amz-security-token") else {
            return try verifier.verify(signed, at: clock.now())
        }
        let verifier = SignatureVerifier { credentials(of: $0, sessionToken: token) }
        return try verifier.verify(signed, at: clock.now())
    }

    /// The region that a request to Bedrock was signed for, which decides the region of the call.
    ///
    /// - Throws: ``ServiceError`` in the service's words.
    func regionOfBedrockCall(_ request: IncomingRequest) throws(ServiceError) -> String {
        if request.bearerKey != nil {
            guard acceptsBearer(request) else {
                throw ServiceError(
                    .accessDenied, "Authentication failed: Please make sure your API Key is valid.")
            }
            return Self.region(ofHost: request.header("host")) ?? region
        }
        do {
            let scope = try verify(request, bodyHash: sha256Hex(request.body)).scope
            guard scope.service == "bedrock" else {
                throw ServiceError(.invalidSignature, "Credential should be scoped to correct service: 'bedrock'. ")
            }
            return scope.region
        } catch let error as SignatureError {
            throw ServiceError(error)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw ServiceError(.internalServer, "The signature could not be verified.")
        }
    }

    /// The region in a host name of AWS: `bedrock-runtime.eu-west-1.amazonaws.com`.
    private static func region(ofHost host: String?) -> String? {
        let labels = (host ?? "").split(separator: ".")
        guard labels.count > 2, labels[0].hasPrefix("bedrock") else { return nil }
        return String(labels[1])
    }
}

extension ServiceError {
    /// The service's answer to a signature that does not hold.
    init(_ error: SignatureError) {
        let code: Code =
            switch error {
            case .missingAuthentication: .missingAuthenticationToken
            case .incompleteSignature: .incompleteSignature
            case .unknownAccessKey: .unrecognizedClient
            case .signatureMismatch, .expired: .invalidSignature
            }
        self.init(code, error.description)
    }
}
