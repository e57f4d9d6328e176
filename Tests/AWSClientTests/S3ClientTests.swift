import AWSClient
import Secrets
import Testing

struct S3ClientTests {
    private func location(_ url: String) throws -> S3Location { try #require(S3Location(parsing: url)) }

    private func client(
        _ service: ScriptedService, variables: [String: String] = [:], region: String = "us-west-2"
    ) throws -> S3Client {
        try S3Client(client: service.client(), endpoints: AWSEndpointResolver(variables: variables), region: region)
    }

    @Test(arguments: [
        ("s3://my-bucket/a b/é", [:], "https://my-bucket.s3.us-west-2.amazonaws.com/a%20b/%C3%A9"),
        ("s3://my.dotted.bucket/k", [:], "https://s3.us-west-2.amazonaws.com/my.dotted.bucket/k"),
        ("s3://Old_Bucket/k", [:], "https://s3.us-west-2.amazonaws.com/Old_Bucket/k"),
        (
            "s3://my-bucket/k", ["AWS_USE_FIPS_ENDPOINT": "true"],
            "https://my-bucket.s3-fips.us-west-2.amazonaws.com/k"
        ),
        ("s3://my-bucket/k", ["AWS_ENDPOINT_URL": "http://127.0.0.1:9000/x"], "http://127.0.0.1:9000/x/my-bucket/k"),
        ("s3://my-bucket/k", ["AWS_ENDPOINT_URL_S3": "http://s3mock:9000"], "http://s3mock:9000/my-bucket/k"),
        ("s3://my-bucket/k", ["AWS_ENDPOINT_URL": "https://s3.minio.local"], "https://s3.minio.local/my-bucket/k"),
        (
            "s3://my-bucket/k", ["AWS_USE_DUALSTACK_ENDPOINT": "true"],
            "https://my-bucket.s3.dualstack.us-west-2.amazonaws.com/k"
        ),
    ])
    func `the bucket stands in the host name or in the path`(
        url: String, variables: [String: String], called: String
    ) async throws {
        let service = ScriptedService(.status(200))
        _ = try await client(service, variables: variables).get(try location(url), limitInBytes: 10)
        #expect(service.requests.map(\.url) == [called])
        #expect(service.values("x-amz-content-sha256").first??.count == 64)
    }

    @Test(arguments: [
        "s3:/x/y", "s3://", "s3://ab/k", "s3://a..b/k", "s3://a b/k", "https://bucket/k", "s3://b@c.d/k", "s3://évi/k",
    ])
    func `what is no location is refused`(url: String) { #expect(S3Location(parsing: url) == nil) }

    @Test func `locations have names below them`() throws {
        #expect(try location("s3://abc").appending("x")?.description == "s3://abc/x")
        #expect(try location("s3://abc/p").appending("x")?.description == "s3://abc/p/x")
        #expect(try location("s3://abc/p/").appending("x")?.description == "s3://abc/p/x")
    }

    @Test func `conditions and entity tags go over the wire as they are`() async throws {
        let service = ScriptedService(.status(200, headers: [("etag", "\"1\"")]))
        let client = try client(service)
        let object = try location("s3://abc/k")
        #expect(try await client.put([1], to: object, condition: .absent) == "\"1\"")
        _ = try await client.put([1], to: object, condition: .matches(eTag: "\"1\""))
        #expect(service.values("if-none-match") == ["*", nil])
        #expect(service.values("if-match") == [nil, "\"1\""])
    }

    @Test func `a throttled write is tried again, a lost race is not`() async throws {
        let slow = ScriptedService(
            .status(503, body: "<Error><Code>SlowDown</Code><Message>x</Message></Error>"), .status(200))
        _ = try await client(slow).put([1], to: try location("s3://abc/k"))
        #expect(slow.requests.count == 2)
        for (status, code) in [(409, "ConditionalRequestConflict"), (412, "PreconditionFailed")] {
            let lost = ScriptedService(.status(status, body: "<Error><Code>\(code)</Code></Error>"))
            let error = await #expect(throws: AWSServiceError.self) {
                try await client(lost).put([1], to: try location("s3://abc/k"), condition: .absent)
            }
            #expect(error?.code == code)
            #expect(lost.requests.count == 1)
        }
    }

    @Test(
        arguments: [
            (301, "eu-west-3", "the bucket abc is in eu-west-3, and us-west-2 was asked"),
            (307, "us-west-2", ""), (400, "x y\"", ""), (403, nil, ""),
        ] as [(Int, String?, String)])
    func `a bucket of another region is told by its region`(status: Int, home: String?, message: String) async throws {
        let headers = home.map { [("x-amz-bucket-region", $0)] } ?? []
        let client = try client(ScriptedService(.status(status, headers: headers)))
        let object = try location("s3://abc/k")
        let error = await #expect(throws: AWSServiceError.self) { _ = try await client.head(object) }
        #expect(error?.status == status)
        #expect(error?.message == message)
    }

    @Test func `a listing that repeats its token ends`() async throws {
        let page = """
            <ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>
            <Contents><Key>k</Key><Size>1</Size></Contents></ListBucketResult>
            """
        let service = ScriptedService(.status(200, body: page))
        #expect(try await client(service).list(try location("s3://abc/p")).count == 2)
        #expect(service.requests.last?.url.contains("continuation-token=t") == true)
    }

    @Test func `a listing is nothing else`() async throws {
        let service = ScriptedService(.status(200, body: "<html></html>"))
        await #expect(throws: AWSServiceError.self) {
            try await client(service).list(try location("s3://abc/p"))
        }
    }

    @Test func `a presigned URL carries its signature and holds for bounded time`() async throws {
        let client = try client(ScriptedService(.status(200)))
        let url = try await client.presignedURL(
            of: try location("s3://my-bucket/a b.png"), expiresAfter: .seconds(10_000_000), contentType: "image/png")
        #expect(
            url.hasPrefix(
                """
                https://my-bucket.s3.us-west-2.amazonaws.com/a%20b.png?response-content-type=image%2Fpng&\
                X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-west-2%2Fs3%2F\
                aws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=
                """))
    }
}

struct SmallServiceClientTests {
    @Test func `a secret's ARN names the region`() async throws {
        let service = ScriptedService(.status(200, body: #"{"SecretString": "{\"a\": \"b\"}"}"#))
        let client = SecretsManagerClient(
            client: service.client(), endpoints: AWSEndpointResolver(variables: [:]), region: "us-east-1")
        let secret = try await client.value(of: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:x-AbCdEf")
        #expect(secret.member("a")?.reveal() == "b")
        #expect(secret.member("c") == nil)
        #expect(service.requests.first?.url == "https://secretsmanager.eu-west-3.amazonaws.com/")
        #expect(service.values("x-amz-target") == ["secretsmanager.GetSecretValue"])
        _ = try await client.value(of: "name")
        #expect(service.requests.last?.url == "https://secretsmanager.us-east-1.amazonaws.com/")
    }

    @Test(
        arguments: [
            ("AAECAw==", [0, 1, 2, 3]), ("AAEC", [0, 1, 2]), ("AAE=", [0, 1]), ("", []), ("/+8=", [255, 239]),
            ("AAE", [0, 1]), ("A===", nil), ("AA=A", nil), ("A A=", nil),
        ] as [(String, [UInt8]?)])
    func `a binary secret is read`(text: String, bytes: [UInt8]?) async throws {
        let service = ScriptedService(.status(200, body: #"{"SecretBinary": "\#(text)"}"#))
        let client = SecretsManagerClient(
            client: service.client(), endpoints: AWSEndpointResolver(variables: [:]), region: "us-east-1")
        if let bytes {
            #expect(try await client.value(of: "x").matches(bytes))
        } else {
            await #expect(throws: AWSServiceError.self) { try await client.value(of: "x") }
        }
    }

    @Test(arguments: ["", "<x/>", "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>"])
    func `an answer of the token service without credentials is an error`(body: String) async throws {
        let service = ScriptedService(.status(200, body: body))
        let client = STSClient(
            client: service.client(), endpoint: try AWSEndpoint(parsing: "http://sts"), region: "us-east-1")
        await #expect(throws: AWSServiceError.self) { try await client.assume(AssumedRole(arn: "arn:x")) }
    }

    @Test func `what a role asks for is sent`() async throws {
        let service = ScriptedService(.status(400, body: ""))
        let client = STSClient(
            client: service.client(), endpoint: try AWSEndpoint(parsing: "http://sts"), region: "us-east-1")
        _ = try? await client.assume(
            AssumedRole(arn: "arn:r", sessionName: "a b", externalID: "x&y", duration: .seconds(900)))
        #expect(
            service.requests.first?.body
                == """
                Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Ar&RoleSessionName=a-b&DurationSeconds=900&\
                ExternalId=x%26y
                """)
    }
}
