import AWSSigning
import JSONCoding
import Testing

struct AWS4TestsuiteTests {
    private static let document = (try? SigningVectors.json("aws4-testsuite.json")) ?? .null
    private static let names = (document["cases"]?.array ?? []).compactMap { $0["name"]?.string }

    @Test func `there are 34 cases`() { #expect(Self.names.count == 34) }

    @Test(arguments: names) func `the older public suite is signed as published`(name: String) throws {
        let vector = try #require(Self.document["cases"]?.array?.first { $0["name"]?.string == name })
        let keys = try #require(Self.document["credential"])
        let request = try SigningRequest(raw: vector.text("req"))
        let published = try SigningRequest(raw: vector.text("sreq")).headers
        let token = published.first { $0.name == "X-Amz-Security-Token" }?.value
        let signer = RequestSigner(
            credentials: SigningCredentials(
                accessKeyID: try keys.text("accessKeyId"), secretAccessKey: try keys.text("secretAccessKey"),
                sessionToken: token),
            region: try keys.text("region"), service: try keys.text("service"),
            rules: SigningRules(
                headers: .all, signsSessionToken: try vector.text("creq").contains("x-amz-security-token")))
        let signature = signer.signature(of: request, at: try keys.time("timestamp"))
        #expect(try signature.canonicalRequest.text == vector.text("creq"))
        #expect(try signature.stringToSign == vector.text("sts"))
        #expect(try signature.authorization == vector.text("authz"))
    }
}
