import AWSSigning
import Foundation
import JSONCoding
import Testing
import WallClock

/// One request of the own vectors, with what the signer and the verifier need of it.
struct BedrockVector: CustomTestStringConvertible {
    let value: JSONValue
    let request: SigningRequest
    let signer: RequestSigner

    var testDescription: String { value["name"]?.string ?? "?" }

    static let time = Timestamp(iso8601: "20150830T123600Z") ?? Timestamp(millisecondsSinceEpoch: 0)
    static let requests = vectors("requests")
    static let presigned = vectors("presigned")

    private static func vectors(_ list: String) -> [BedrockVector] {
        let document = try? SigningVectors.json("bedrock-requests.json")
        return (document?[list]?.array ?? []).compactMap { try? BedrockVector($0) }
    }

    private init(_ value: JSONValue) throws {
        self.value = value
        var headers = value["headers"]?.object.map { $0.map { ($0.name, $0.value.string ?? "") } } ?? []
        let token = headers.first { $0.0 == "X-Amz-Security-Token" }?.1 ?? value["sessionToken"]?.string
        headers.removeAll {
            ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-SHA256"].contains($0.0)
        }
        var address = try value.text("url")[...]
        address = address[(address.range(of: "://")?.upperBound ?? address.startIndex)...]
        let slash = address.firstIndex(of: "/") ?? address.endIndex
        headers.append(("Host", String(address[..<slash])))
        let body = try value["bodyBase64"]?.string.map { text in
            guard let data = Data(base64Encoded: text) else { throw VectorError(missing: "bodyBase64") }
            return sha256Hex(data)
        }
        request = SigningRequest(
            method: try value.text("method"), target: String(address[slash...]), headers: headers,
            bodyHash: body ?? SigningRequest.unsignedPayload)
        signer = RequestSigner(
            credentials: SigningCredentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                sessionToken: token),
            region: try value.text("region"), service: try value.text("service"))
    }
}

struct BedrockVectorTests {
    @Test func `there are 29 requests and 4 presigned URLs`() {
        #expect(BedrockVector.requests.count == 29)
        #expect(BedrockVector.presigned.count == 4)
    }

    @Test(arguments: BedrockVector.requests) func `a request is signed as botocore does`(vector: BedrockVector) throws {
        let signature = vector.signer.signature(of: vector.request, at: BedrockVector.time)
        #expect(try signature.canonicalRequest.text == vector.value.text("canonicalRequest"))
        #expect(try signature.stringToSign == vector.value.text("stringToSign"))
        #expect(try signature.signature == vector.value.text("signature"))
        #expect(try signature.authorization == vector.value.text("authorization"))
    }

    @Test(arguments: BedrockVector.presigned) func `a URL is presigned as botocore does`(vector: BedrockVector) throws {
        let url = try vector.value.text("url")
        let expires = try #require(vector.value["expires"]?.integer)
        var request = vector.request
        let own = try #require(request.target.range(of: "X-Amz-Algorithm"))
        request.target = String(request.target[..<own.lowerBound].dropLast())
        let signature = vector.signer.presignature(of: request, at: BedrockVector.time, expiresIn: expires).signature
        #expect(try signature.canonicalRequest.text == vector.value.text("canonicalRequest"))
        let target = vector.signer.target(presigning: request, at: BedrockVector.time, expiresIn: expires)
        #expect(url.hasSuffix(target))
    }

    @Test(arguments: BedrockVector.requests)
    func `the verifier takes the requests that botocore signed`(vector: BedrockVector) throws {
        var request = vector.request
        request.headers = vector.value["headers"]?.object.map { $0.map { ($0.name, $0.value.string ?? "") } } ?? []
        request.headers += vector.request.headers.filter { $0.name == "Host" }
        let verifier = SignatureVerifier { [credentials = vector.signer.credentials] accessKeyID in
            accessKeyID == credentials.accessKeyID ? credentials : nil
        }
        let signer = try verifier.verify(request, at: BedrockVector.time)
        #expect(signer.accessKeyID == "AKIDEXAMPLE")
        #expect(signer.scope.region == vector.signer.region)
        #expect(signer.scope.service == vector.signer.service)
    }
}
