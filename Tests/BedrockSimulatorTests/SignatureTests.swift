import AWSSigning
import BedrockSimulator
import JSONCoding
import Testing
import WallClock

@Suite(.timeLimit(.minutes(1)))
struct SignatureTests {
    private let hello = conversation("Hello")
    private let mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        + "Key and signing method. Consult the service documentation for details."

    private func expect(
        _ answer: SimulatorClient.Answer, _ status: Int, _ code: String, _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, sourceLocation: sourceLocation)
        #expect(answer.errorCode == code, sourceLocation: sourceLocation)
        #expect(answer.message == message, sourceLocation: sourceLocation)
    }

    @Test(arguments: ["converse", "converse-stream"])
    func `a wrong secret is refused`(operation: String) async throws {
        try await withSimulator { client in
            var client = client
            client.credentials = SigningCredentials(accessKeyID: "simulator", secretAccessKey: "wrong")
            expect(try await client.call(operation, hello), 403, "InvalidSignatureException", mismatch)
        }
    }

    @Test func `a body other than the signed one is refused`() async throws {
        try await withSimulator { client in
            let answer = try await client.send(
                target: "/model/amazon.nova-micro-v1%3A0/converse", body: hello.encoded(),
                tampered: conversation("Hullo").encoded())
            expect(answer, 403, "InvalidSignatureException", mismatch)
        }
    }

    @Test func `an unknown key is refused`() async throws {
        try await withSimulator { client in
            var client = client
            client.credentials = SigningCredentials(accessKeyID: "AKIDNOBODY", secretAccessKey: "simulator")
            expect(
                try await client.call("converse", hello), 403, "UnrecognizedClientException",
                "The security token included in the request is invalid.")
        }
    }

    @Test func `a request without signature is refused`() async throws {
        try await withSimulator { client in
            var client = client
            client.isSigned = false
            expect(
                try await client.call("converse", hello), 403, "MissingAuthenticationTokenException",
                "Missing Authentication Token")
        }
    }

    @Test(arguments: [(-301, "Signature expired: "), (301, "Signature not yet current: ")])
    func `a time more than five minutes off is refused`(seconds: Int, text: String) async throws {
        try await withSimulator { client in
            var client = client
            client.time = stoppedTime.advanced(by: .seconds(seconds))
            let answer = try await client.call("converse", hello)
            #expect(answer.status == 403)
            #expect(answer.errorCode == "InvalidSignatureException")
            #expect(answer.message?.hasPrefix(text) == true)
        }
    }

    @Test func `a signature for another service is refused`() async throws {
        try await withSimulator { client in
            var client = client
            client.service = "bedrock-runtime"
            let answer = try await client.call("converse", hello)
            #expect(answer.status == 403)
            #expect(answer.errorCode == "InvalidSignatureException")
        }
    }

    @Test func `the region of the signature is the region of the call`() async throws {
        try await withSimulator { client in
            var client = client
            client.region = "eu-west-2"
            let answer = try await client.call("converse", hello)
            #expect(answer.text?.contains("in eu-west-2") == true)
        }
    }

    @Test func `chosen credentials replace the default ones`() async throws {
        let chosen = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "s3cret", sessionToken: "token/+=")
        try await withSimulator {
            $0.credentials = [chosen]
        } _: { client in
            let refused = try await client.call("converse", hello)
            #expect(refused.errorCode == "UnrecognizedClientException")
            var client = client
            client.credentials = chosen
            #expect(try await client.call("converse", hello).status == 200)
            client.credentials = SigningCredentials(accessKeyID: "AKID", secretAccessKey: "s3cret", sessionToken: "no")
            #expect(try await client.call("converse", hello).errorCode == "UnrecognizedClientException")
        }
    }

    @Test func `a session token beside keys that have none is taken, and still signed`() async throws {
        try await withSimulator { client in
            var client = client
            client.credentials = SigningCredentials(
                accessKeyID: "simulator", secretAccessKey: "simulator", sessionToken: "left/over=")
            #expect(try await client.call("converse", hello).status == 200)
            client.credentials = SigningCredentials(
                accessKeyID: "simulator", secretAccessKey: "wrong", sessionToken: "left/over=")
            expect(try await client.call("converse", hello), 403, "InvalidSignatureException", mismatch)
        }
    }

    @Test func `the signature is judged before the request`() async throws {
        try await withSimulator { client in
            var client = client
            client.isSigned = false
            let answer = try await client.send(target: "/model/nothing/converse", body: Array("{".utf8))
            #expect(answer.errorCode == "MissingAuthenticationTokenException")
        }
    }
}
