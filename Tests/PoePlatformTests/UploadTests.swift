import AsyncHTTPClient
import LoopbackServer
import PoePlatform
import PoeProtocol
import Secrets
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UploadTests {
    private static let key = Secret("k0123456789012345678901234567890")

    private func send(_ bytes: [UInt8], at url: String) async throws -> String {
        try await HTTPClient.withHTTPClient(configuration: PoeClient.httpConfiguration) { http in
            let file = UploadedFile(name: "picture.png", mediaType: "image/png", sizeInBytes: bytes.count) { bytes[$0] }
            return try await PoeUploads(baseURL: url, http: http).send(file, accessKey: Self.key)
        }
    }

    private static func answer(_ url: String) -> LoopbackReply {
        .whole(type: "application/json", body: #"{"attachment_url": "\#(url)", "mime_type": "image/png"}"#)
    }

    @Test(arguments: [0, 1, 65_536, 150_001])
    func `a file is the one part of a form, whatever its size`(count: Int) async throws {
        let bytes = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        try await LoopbackServer.serving({ _ in Self.answer("https://files.example.com/1.png") }) { server in
            let url = try await send(bytes, at: server.url("/poe_api/"))
            #expect(url == "https://files.example.com/1.png")
            let request = try #require(server.requests.first)
            #expect(request.requestLine == "POST /poe_api/file_upload_3RD_PARTY_POST HTTP/1.1")
            #expect(request.headers["authorization"] == Self.key.reveal())
            let type = try #require(request.headers["content-type"])
            #expect(type.hasPrefix("multipart/form-data; boundary="))
            let boundary = type.dropFirst("multipart/form-data; boundary=".count)
            let head =
                "--\(boundary)\r\ncontent-disposition: form-data; name=\"file\"; filename=\"picture.png\"\r\n"
                + "content-type: image/png\r\n\r\n"
            #expect(request.body == Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8))
        }
    }

    @Test(arguments: [
        #"{}"#, #"{"attachment_url": "javascript:alert(1)"}"#, #"{"attachment_url": "http://files.example.com/1.png"}"#,
        #"{"attachment_url": "https://files.example.com/1 .png"}"#, "no",
    ])
    func `an answer without an https URL is none`(body: String) async throws {
        try await LoopbackServer.serving({ _ in .whole(type: "application/json", body: body) }) { server in
            let error = await #expect(throws: PoePlatformError.self) { try await send([1], at: server.url("")) }
            #expect(error?.code == .protocolFault)
        }
    }

    @Test func `a refusal tells why, and not the key`() async throws {
        let reply = LoopbackReply.whole("413 Too Large", type: "text/plain", body: "k0123456789012345678901234567890!")
        try await LoopbackServer.serving({ _ in reply }) { server in
            let error = await #expect(throws: PoePlatformError.self) { try await send([1], at: server.url("")) }
            #expect(error?.code == .refused && error?.message == "status 413: <redacted>!")
        }
    }
}
