import AWSSigning
import JSONCoding
import Testing
import WallClock

struct AWSCAuthVectorTests {
    private struct Case {
        let request: SigningRequest
        let signer: RequestSigner
        let time: Timestamp
        let expiry: Int
        let folder: String

        init(_ name: String) throws {
            folder = "aws-c-auth-v4/\(name)"
            let context = try SigningVectors.json("\(folder)/context.json")
            request = try SigningRequest(raw: SigningVectors.text("\(folder)/request.txt"))
            guard let keys = context["credentials"] else { throw VectorError(missing: "credentials") }
            signer = RequestSigner(
                credentials: SigningCredentials(
                    accessKeyID: try keys.text("access_key_id"), secretAccessKey: try keys.text("secret_access_key"),
                    sessionToken: keys["token"]?.string),
                region: try context.text("region"), service: try context.text("service"),
                rules: SigningRules(
                    path: context["normalize"] == true ? .normalizedAndEncoded : .encoded, headers: .all,
                    sendsBodyHash: context["sign_body"] == true,
                    signsSessionToken: context["omit_session_token"] != true))
            time = try context.time("timestamp")
            expiry = context["expiration_in_seconds"]?.integer ?? 0
        }

        func text(_ file: String) throws -> String { try SigningVectors.text("\(folder)/\(file).txt") }
    }

    private static let names = SigningVectors.folders(in: "aws-c-auth-v4")

    @Test func `there are 38 cases`() { #expect(Self.names.count == 38) }

    @Test(arguments: names) func `headers are signed as published`(name: String) throws {
        let vector = try Case(name)
        let signature = vector.signer.signature(of: vector.request, at: vector.time)
        #expect(try signature.canonicalRequest.text == vector.text("header-canonical-request"))
        #expect(try signature.stringToSign == vector.text("header-string-to-sign"))
        #expect(try signature.signature == vector.text("header-signature"))
    }

    @Test(arguments: names) func `the added headers are those of the published request`(name: String) throws {
        let vector = try Case(name)
        let published = try SigningRequest(raw: vector.text("header-signed-request")).headers
        let ours = vector.request.headers + vector.signer.headers(signing: vector.request, at: vector.time)
        func lines(_ headers: [(name: String, value: String)]) -> [String] {
            headers.map { "\($0.name.lowercased()):\($0.value)" }.sorted()
        }
        #expect(lines(ours) == lines(published))
    }

    @Test(arguments: names) func `queries are signed as published`(name: String) throws {
        let vector = try Case(name)
        let signature = vector.signer.presignature(of: vector.request, at: vector.time, expiresIn: vector.expiry)
            .signature
        #expect(try signature.canonicalRequest.text == vector.text("query-canonical-request"))
        #expect(try signature.stringToSign == vector.text("query-string-to-sign"))
        #expect(try signature.signature == vector.text("query-signature"))
    }

    @Test(arguments: names) func `the presigned target has the published parameters`(name: String) throws {
        let vector = try Case(name)
        let published = try SigningRequest(raw: vector.text("query-signed-request")).target
        let ours = vector.signer.target(presigning: vector.request, at: vector.time, expiresIn: vector.expiry)
        func parameters(_ target: String) -> [Substring] {
            target.split { $0 == "?" || $0 == "&" }.dropFirst().sorted()
        }
        #expect(parameters(ours) == parameters(published))
    }
}
