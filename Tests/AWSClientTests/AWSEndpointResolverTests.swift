import AWSClient
import JSONCoding
import Testing

struct AWSEndpointResolverTests {
    @Test func `every published case of the runtime's endpoints resolves`() throws {
        let cases = try #require(try vectors("bedrock-runtime.json")["testCases"]?.array)
        #expect(cases.count == 21)
        for testCase in cases {
            let name = Comment(rawValue: testCase["documentation"]?.string ?? "")
            let parameters = testCase["params"]
            var variables: [String: String] = [:]
            if parameters?["UseFIPS"]?.bool == true { variables["AWS_USE_FIPS_ENDPOINT"] = "true" }
            if parameters?["UseDualStack"]?.bool == true { variables["AWS_USE_DUALSTACK_ENDPOINT"] = "true" }
            let resolver = AWSEndpointResolver(variables: variables, explicitURL: parameters?["Endpoint"]?.string)
            let region = parameters?["Region"]?.string
            if let url = testCase["expect"]?["endpoint"]?["url"]?.string {
                #expect(try resolver.endpoint(of: .bedrockRuntime, region: region).url(of: "") == url, name)
            } else {
                #expect(throws: AWSEndpointError.self, name) {
                    try resolver.endpoint(of: .bedrockRuntime, region: region)
                }
            }
        }
    }

    @Test func `the published order of explicit URL and variables holds`() throws {
        let suite = try #require(try vectors("configured-endpoint-urls.json")["testSuites"]?.array?.first)
        let cases = try #require(suite["endpointUrlTests"]?.array).filter {
            // Profiles are not read.
            $0["profile"]?.string == "default"
        }
        #expect(cases.count == 8)
        for testCase in cases {
            var variables: [String: String] = [:]
            for member in suite["environments"]?[testCase["environment"]?.string ?? ""]?.object ?? [:] {
                variables[member.name] = member.value.string
            }
            let client = suite["client_configs"]?[testCase["client_config"]?.string ?? ""]
            let id = testCase["service"]?.string ?? ""
            let endpoint = try AWSEndpointResolver(variables: variables, explicitURL: client?["endpoint_url"]?.string)
                .endpoint(of: AWSService(id: id, hostPrefix: id, signingName: id), region: "fake-region-10")
            let expected = testCase["output"]?["endpointUrl"]?.string ?? "https://\(id).fake-region-10.amazonaws.com"
            #expect(endpoint.url(of: "") == expected, Comment(rawValue: testCase["name"]?.string ?? ""))
        }
    }

    @Test(arguments: [
        (["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://one"], "http://one"),
        (["AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": " "], "http://all"),
        (["AWS_ENDPOINT_URL_S3": "http://s3"], "https://bedrock-runtime.eu-north-1.amazonaws.com"),
        (
            ["AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"],
            "https://bedrock-runtime.eu-north-1.amazonaws.com"
        ),
    ])
    func `variables choose the endpoint`(variables: [String: String], url: String) throws {
        let resolver = AWSEndpointResolver(variables: variables)
        #expect(try resolver.endpoint(of: .bedrockRuntime, region: "eu-north-1").url(of: "") == url)
    }

    @Test(arguments: [
        ("ap-southeast-7", "bedrock-runtime.ap-southeast-7.amazonaws.com"),
        ("eusc-de-east-1", "bedrock-runtime.eusc-de-east-1.amazonaws.eu"),
        ("eu-isoe-west-1", "bedrock-runtime.eu-isoe-west-1.cloud.adc-e.uk"),
        ("us-isof-south-1", "bedrock-runtime.us-isof-south-1.csp.hci.ic.gov"),
    ])
    func `a region that no list holds has its partition's host`(region: String, host: String) throws {
        #expect(try AWSEndpointResolver(variables: [:]).endpoint(of: .bedrockRuntime, region: region).host == host)
    }

    @Test(arguments: ["us-east-1.evil.example/", "us east", "-x", "US-EAST-1", "a@b"])
    func `a region cannot change the host`(region: String) {
        #expect(throws: AWSEndpointError.invalidRegion(region)) {
            try AWSEndpointResolver(variables: [:]).endpoint(of: .bedrockRuntime, region: region)
        }
    }

    @Test func `an unusable variable is named`() {
        let resolver = AWSEndpointResolver(variables: ["AWS_ENDPOINT_URL": "localhost:4566"])
        let error = #expect(throws: AWSEndpointError.self) {
            try resolver.endpoint(of: .bedrockRuntime, region: "us-east-1")
        }
        #expect(error?.description.contains("AWS_ENDPOINT_URL") == true)
    }
}
