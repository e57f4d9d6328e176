import WallClock
import AWSSigning
import AsyncHTTPClient
import BedrockSimulator
import JSONCoding
import NIOCore
import NIOHTTP1
import Testing

/// The small S3, and the jobs whose results lie in it.
@Suite(.timeLimit(.minutes(1)))
struct ObjectStoreTests {
    /// Sends a request signed for the object store.
    private func send(
        _ client: SimulatorClient, _ method: HTTPMethod, _ target: String, _ body: String = "",
        headers: [(String, String)] = [], host: String? = nil, secret: String = "simulator"
    ) async throws -> SimulatorClient.Answer {
        let bytes = Array(body.utf8)
        var request = HTTPClientRequest(url: client.address.url + target)
        request.method = method
        if !bytes.isEmpty { request.body = .bytes(bytes) }
        let host = host ?? client.address.description
        var signed = [("host", host)]
        signed += headers
        let signer = RequestSigner(
            credentials: SigningCredentials(accessKeyID: "simulator", secretAccessKey: secret), region: "us-east-1",
            service: "s3")
        let signing = SigningRequest(
            method: method.rawValue, target: target, headers: signed, bodyHash: sha256Hex(bytes))
        for (name, value) in signed + signer.headers(signing: signing, at: client.time).map({ ($0.name, $0.value) }) {
            request.headers.replaceOrAdd(name: name, value: value)
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        return .init(
            status: Int(response.status.code), headers: response.headers,
            body: Array(buffer: try await response.body.collect(upTo: 32 << 20)))
    }

    /// The body of an answer as text.
    private func body(
        _ client: SimulatorClient, _ method: HTTPMethod, _ target: String, _ body: String = "",
        headers: [(String, String)] = []
    ) async throws -> String {
        text(try await send(client, method, target, body, headers: headers))
    }

    private func text(_ answer: SimulatorClient.Answer) -> String { String(decoding: answer.body, as: UTF8.self) }

    @Test func `what is put can be read, in parts too, and taken away`() async throws {
        try await withSimulator { client async throws in
            let put = try await send(
                client, .PUT, "/bucket/a%20b/c%2Bd.txt", "0123456789", headers: [("content-type", "text/plain")])
            #expect(put.status == 200)
            let tag = try #require(put.header("etag"))
            let got = try await send(client, .GET, "/bucket/a%20b/c%2Bd.txt")
            #expect(text(got) == "0123456789")
            #expect(got.header("content-type") == "text/plain")
            #expect(got.header("etag") == tag)
            let part = try await send(client, .GET, "/bucket/a%20b/c%2Bd.txt", headers: [("range", "bytes=2-4")])
            #expect(part.status == 206)
            #expect(text(part) == "234")
            #expect(part.header("content-range") == "bytes 2-4/10")
            let head = try await send(client, .HEAD, "/bucket/a%20b/c%2Bd.txt")
            #expect(head.header("content-length") == "10")
            let same = try await send(client, .GET, "/bucket/a%20b/c%2Bd.txt", headers: [("if-none-match", tag)])
            #expect(same.status == 304)
            #expect(try await send(client, .DELETE, "/bucket/a%20b/c%2Bd.txt").status == 204)
            let gone = try await send(client, .GET, "/bucket/a%20b/c%2Bd.txt")
            #expect(gone.status == 404)
            #expect(text(gone).contains("<Code>NoSuchKey</Code>"))
        }
    }

    /// Starts an upload and tells its id.
    private func start(_ client: SimulatorClient, _ target: String) async throws -> String {
        let answer = try await body(client, .POST, "\(target)?uploads", headers: [("content-type", "video/mp4")])
        let rest = answer[(try #require(answer.firstRange(of: "<UploadId>"))).upperBound...]
        return String(rest[..<(try #require(rest.firstRange(of: "</UploadId>"))).lowerBound])
    }

    private func list(_ parts: [(Int, String)]) -> String {
        let parts = parts.map { "<Part><ETag>\($0.1)</ETag><PartNumber>\($0.0)</PartNumber></Part>" }
        return "<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>"
    }

    @Test func `an object may come in parts, in any order`() async throws {
        try await withSimulator { client async throws in
            let id = try await start(client, "/bucket/film.mp4")
            let first = String(repeating: "a", count: 5 << 20)
            var tags: [(Int, String)] = []
            for (number, text) in [(2, "the end"), (1, first)] {
                let put = try await send(
                    client, .PUT, "/bucket/film.mp4?partNumber=\(number)&uploadId=\(id)", text)
                tags.append((number, try #require(put.header("etag"))))
            }
            #expect(try await send(client, .GET, "/bucket/film.mp4").status == 404, "not there before it is whole")
            let parts = try await body(client, .GET, "/bucket/film.mp4?uploadId=\(id)")
            #expect(parts.contains("<PartNumber>2</PartNumber>"))
            #expect(try await body(client, .GET, "/bucket?uploads").contains(id))

            let target = "/bucket/film.mp4?uploadId=\(id)"
            #expect(try await body(client, .POST, target, list(tags)).contains("<Code>InvalidPartOrder</Code>"))
            let done = try await body(client, .POST, target, list(tags.sorted { $0.0 < $1.0 }))
            #expect(done.contains("-2&quot;</ETag>"))
            let got = try await send(client, .GET, "/bucket/film.mp4")
            #expect(text(got) == first + "the end")
            #expect(got.header("content-type") == "video/mp4")
            #expect(try await send(client, .POST, target, list(tags)).status == 404, "the upload is over")
        }
    }

    @Test func `an upload that cannot be put together is refused in the words of S3`() async throws {
        try await withSimulator { client async throws in
            let id = try await start(client, "/bucket/key")
            let target = "/bucket/key?uploadId=\(id)"
            var tags: [(Int, String)] = []
            for number in 1...2 {
                let put = try await send(client, .PUT, "\(target)&partNumber=\(number)", "small")
                tags.append((number, try #require(put.header("etag"))))
            }
            #expect(try await body(client, .POST, target, list(tags)).contains("<Code>EntityTooSmall</Code>"))
            #expect(try await body(client, .POST, target, list([(1, "x")])).contains("<Code>InvalidPart</Code>"))
            #expect(try await body(client, .POST, target, "<Part>").contains("<Code>MalformedXML</Code>"))
            #expect(try await body(client, .POST, target, list([])).contains("<Code>MalformedXML</Code>"))
            let zero = try await body(client, .PUT, "\(target)&partNumber=0", "x")
            #expect(zero.contains("<Code>InvalidArgument</Code>"))
            let wrong = try await body(
                client, .PUT, "\(target)&partNumber=3", "x", headers: [("x-amz-checksum-crc32", "AAAAAA==")])
            #expect(wrong.contains("<Code>BadDigest</Code>"))
            let exists = try await send(client, .PUT, "/bucket/key", "old")
            #expect(exists.status == 200)
            let last = list([tags[1]])
            let refused = try await send(client, .POST, target, last, headers: [("if-none-match", "*")])
            #expect(refused.status == 412)
            #expect(try await send(client, .POST, target, last).status == 200)
            #expect(try await body(client, .GET, "/bucket/key") == "small")
            let other = try await start(client, "/bucket/other")
            #expect(try await send(client, .DELETE, "/bucket/other?uploadId=\(other)").status == 204)
            #expect(try await send(client, .DELETE, "/bucket/other?uploadId=\(other)").status == 404)
        }
    }

    @Test func `parts count for what the store holds`() async throws {
        try await withSimulator {
            $0.limits.objectBytes = 10
            $0.limits.uploads = 1
        } _: { client async throws in
            let id = try await start(client, "/bucket/key")
            let target = "/bucket/key?uploadId=\(id)"
            #expect(try await send(client, .PUT, "\(target)&partNumber=1", "0123456789").status == 200)
            #expect(try await send(client, .PUT, "\(target)&partNumber=1", "9876543210").status == 200, "in its place")
            #expect(try await send(client, .PUT, "\(target)&partNumber=2", "0").status == 400)
            #expect(try await send(client, .PUT, "/bucket/other", "0").status == 400)
            #expect(try await send(client, .POST, "/bucket/third?uploads").status == 400)
        }
    }

    @Test func `a bucket in the host is the same as one in the path`() async throws {
        try await withSimulator { client async throws in
            let host = "bucket.localhost:\(client.address.port)"
            #expect(try await send(client, .PUT, "/key", "hello", host: host).status == 200)
            #expect(try await body(client, .GET, "/bucket/key") == "hello")
        }
    }

    @Test func `conditions decide who writes`() async throws {
        try await withSimulator { client async throws in
            let create = [("if-none-match", "*")]
            let first = try await send(client, .PUT, "/bucket/key", "1", headers: create)
            #expect(first.status == 200)
            let second = try await send(client, .PUT, "/bucket/key", "2", headers: create)
            #expect(second.status == 412)
            #expect(text(second).contains("<Code>PreconditionFailed</Code>"))
            let tag = try #require(first.header("etag"))
            #expect(try await send(client, .PUT, "/bucket/key", "3", headers: [("if-match", tag)]).status == 200)
            #expect(try await send(client, .PUT, "/bucket/key", "4", headers: [("if-match", tag)]).status == 412)
            #expect(try await send(client, .PUT, "/bucket/none", "4", headers: [("if-match", tag)]).status == 404)
        }
    }

    @Test func `a listing comes in pages and in folders`() async throws {
        try await withSimulator { client async throws in
            for key in ["a/1", "a/2", "b/1", "c"] { _ = try await send(client, .PUT, "/bucket/\(key)", key) }
            let folders = try await body(client, .GET, "/bucket?delimiter=%2F&list-type=2")
            #expect(folders.contains("<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>"))
            #expect(folders.contains("<Key>c</Key>"))
            #expect(folders.contains("<KeyCount>3</KeyCount>"))
            let page = try await body(client, .GET, "/bucket?list-type=2&max-keys=1&prefix=a%2F")
            #expect(page.contains("<Key>a/1</Key>"))
            #expect(page.contains("<IsTruncated>true</IsTruncated>"))
            let none = try await send(client, .GET, "/nowhere?list-type=2")
            #expect(none.status == 404)
        }
    }

    @Test func `a signature that does not hold is refused in the words of S3`() async throws {
        try await withSimulator { client async throws in
            let wrong = try await send(client, .GET, "/bucket/key", secret: "wrong")
            #expect(wrong.status == 403)
            #expect(text(wrong).contains("<Code>SignatureDoesNotMatch</Code>"))
            var late = client
            late.time = stoppedTime.advanced(by: .seconds(3600))
            #expect(try await body(late, .GET, "/bucket/key").contains("<Code>RequestTimeTooSkewed</Code>"))
        }
    }

    @Test func `the store is bounded`() async throws {
        try await withSimulator {
            $0.limits.objects = 2
        } _: { client async throws in
            for key in ["a", "b"] { #expect(try await send(client, .PUT, "/bucket/\(key)", "x").status == 200) }
            #expect(try await body(client, .PUT, "/bucket/c", "x").contains("<Code>EntityTooLarge</Code>"))
            #expect(try await send(client, .PUT, "/bucket/a", "y").status == 200, "replacing needs no room")
        }
    }

    // MARK: - Jobs

    private static let luma: JSONValue = [
        "modelId": "luma.ray-v2:0", "modelInput": ["prompt": "A boat", "duration": "5s", "resolution": "540p"],
        "outputDataConfig": ["s3OutputDataConfig": ["s3Uri": "s3://films/out/"]], "clientRequestToken": "one",
    ]

    private func job(_ client: SimulatorClient, _ arn: String) async throws -> JSONValue {
        let label = arn.replacing(":", with: "%3A").replacing("/", with: "%2F")
        return try await client.send(.GET, target: "/async-invoke/\(label)").json ?? .null
    }

    @Test func `a job comes to its end and puts a film where it was asked to`() async throws {
        try await withSimulator { client async throws in
            var client = client
            client.region = "us-west-2"
            let started = try await client.send(target: "/async-invoke", body: Self.luma.encoded())
            let arn = try #require(started.json?["invocationArn"]?.string, "\(started.message ?? "")")
            #expect(arn.hasPrefix("arn:aws:bedrock:us-west-2:000000000000:async-invoke/"))
            let again = try await client.send(target: "/async-invoke", body: Self.luma.encoded())
            #expect(again.json?["invocationArn"]?.string == arn, "the same token is the same job")
            #expect(try await job(client, arn)["status"] == "InProgress")
            let done = try await job(client, arn)
            #expect(done["status"] == "Completed")
            #expect(done["endTime"] != nil)
            let id = arn.split(separator: "/").last.map(String.init) ?? ""
            let film = try await send(client, .GET, "/films/out/\(id)/output.mp4")
            #expect(film.header("content-type") == "video/mp4")
            #expect(film.body[4..<12].elementsEqual("ftypisom".utf8))
            let list = try await client.send(.GET, target: "/async-invoke?statusEquals=Completed").json
            #expect(list?["asyncInvokeSummaries"]?.array?.map { $0["invocationArn"]?.string } == [arn])
        }
    }

    @Test func `a job fails by documented words`() async throws {
        try await withSimulator { client async throws in
            var client = client
            client.region = "us-west-2"
            var body = Self.luma.object ?? [:]
            body["modelInput"] = ["prompt": "Fail this job."]
            let started = try await client.send(target: "/async-invoke", body: JSONValue.object(body).encoded())
            let arn = try #require(started.json?["invocationArn"]?.string)
            _ = try await job(client, arn)
            let failed = try await job(client, arn)
            #expect(failed["status"] == "Failed")
            #expect(failed["failureMessage"]?.string?.isEmpty == false)
        }
    }

    @Test(
        arguments: [
            ("modelInput", ["prompt": ""], "ValidationException", "prompt: length 0 is not within 1 to 5000"),
            ("modelInput", ["prompt": "a", "duration": "7s"], "ValidationException", "duration: '7s' is none of"),
            ("modelId", "amazon.nova-micro-v1:0", "ValidationException", "The provided model identifier is invalid."),
            ("outputDataConfig", [:], "ValidationException", "The s3Uri in outputDataConfig is invalid."),
        ] as [(String, JSONValue, String, String)])
    func `a job that cannot be done is refused at once`(
        member: String, value: JSONValue, code: String, message: String
    ) async throws {
        try await withSimulator { client async throws in
            var client = client
            client.region = "us-west-2"
            var body = Self.luma.object ?? [:]
            body[member] = value
            let answer = try await client.send(target: "/async-invoke", body: JSONValue.object(body).encoded())
            #expect(answer.errorCode == code)
            if member != "modelId" { #expect(answer.message?.hasPrefix(message) == true, "\(answer.message ?? "")") }
        }
    }

    @Test func `a token that was used for another job is a conflict`() async throws {
        try await withSimulator { client async throws in
            var client = client
            client.region = "us-west-2"
            _ = try await client.send(target: "/async-invoke", body: Self.luma.encoded())
            var body = Self.luma.object ?? [:]
            body["modelInput"] = ["prompt": "Another boat"]
            let answer = try await client.send(target: "/async-invoke", body: JSONValue.object(body).encoded())
            #expect(answer.errorCode == "ConflictException")
        }
    }
}
