import AWSClient
import AWSConfigFiles
import JSONCoding
import Testing

struct AWSEndpointResolverTests {
    private static let bedrock = AWSService(id: "Bedrock", hostPrefix: "bedrock", signingName: "bedrock")

    @Test(
        arguments: [
            ("bedrock-runtime.json", AWSService.bedrockRuntime, 21), ("bedrock.json", bedrock, 21),
            ("sts.json", .sts, 69), ("secretsmanager.json", .secretsManager, 49),
        ])
    func `every published case of a service's endpoints resolves`(
        file: String, service: AWSService, count: Int
    ) throws {
        let cases = try #require(try vectors(file)["testCases"]?.array)
        #expect(cases.count == count)
        for testCase in cases {
            let name = Comment(rawValue: testCase["documentation"]?.string ?? "")
            let parameters = testCase["params"]
            var variables: [String: String] = [:]
            if parameters?["UseFIPS"]?.bool == true { variables["AWS_USE_FIPS_ENDPOINT"] = "true" }
            if parameters?["UseDualStack"]?.bool == true { variables["AWS_USE_DUALSTACK_ENDPOINT"] = "true" }
            if parameters?["UseGlobalEndpoint"]?.bool == true { variables["AWS_STS_REGIONAL_ENDPOINTS"] = "legacy" }
            let resolver = AWSEndpointResolver(variables: variables, explicitURL: parameters?["Endpoint"]?.string)
            let region = parameters?["Region"]?.string
            if let expected = testCase["expect"]?["endpoint"] {
                let endpoint = try resolver.endpoint(of: service, region: region)
                #expect(endpoint.url(of: "") == expected["url"]?.string, name)
                let scheme = expected["properties"]?["authSchemes"]?.array?.first
                if let signingRegion = scheme?["signingRegion"]?.string {
                    #expect(endpoint.signingRegion ?? region == signingRegion, name)
                }
            } else {
                #expect(throws: AWSEndpointError.self, name) { try resolver.endpoint(of: service, region: region) }
            }
        }
    }

    @Test func `the published order of explicit URL, variables and profile holds`() throws {
        let suite = try #require(try vectors("configured-endpoint-urls.json")["testSuites"]?.array?.first)
        let cases = try #require(suite["endpointUrlTests"]?.array)
        #expect(cases.count == 39)
        for testCase in cases {
            var variables: [String: String] = [:]
            for member in suite["environments"]?[testCase["environment"]?.string ?? ""]?.object ?? [:] {
                variables[member.name] = member.value.string
            }
            let client = suite["client_configs"]?[testCase["client_config"]?.string ?? ""]
            if client?["ignore_configured_endpoint_urls"]?.bool == true {
                // The tool has no such setting of its own; the variable is the nearest thing.
                variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true"
            }
            let id = testCase["service"]?.string ?? ""
            let profiles = try AWSProfiles(
                config: (configFile(of: suite), "config"), credentials: ("", ""),
                selected: testCase["profile"]?.string ?? "")
            let endpoint = try AWSEndpointResolver(
                variables: variables, profiles: profiles, explicitURL: client?["endpoint_url"]?.string
            ).endpoint(of: AWSService(id: id, hostPrefix: id, signingName: id), region: "fake-region-10")
            let expected = testCase["output"]?["endpointUrl"]?.string ?? "https://\(id).fake-region-10.amazonaws.com"
            #expect(endpoint.url(of: "") == expected, Comment(rawValue: testCase["name"]?.string ?? ""))
        }
    }

    /// The suite's profiles and services as the text of a configuration file.
    private func configFile(of suite: JSONValue) -> String {
        var text = ""
        for profile in suite["profiles"]?.object ?? [:] {
            text += "[profile \(profile.name)]\n"
            for property in profile.value.object ?? [:] {
                text += "\(property.name) = \(property.value.string ?? "")\n"
            }
        }
        for section in suite["services"]?.object ?? [:] {
            text += "[services \(section.name)]\n"
            for service in section.value.object ?? [:] {
                text += "\(service.name) =\n"
                for property in service.value.object ?? [:] {
                    text += "  \(property.name) = \(property.value.string ?? "")\n"
                }
            }
        }
        return text
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

    @Test(arguments: [
        (false, false, "us-west-2", "s3.us-west-2.amazonaws.com"),
        (true, false, "us-west-2", "s3-fips.us-west-2.amazonaws.com"),
        (false, true, "us-west-2", "s3.dualstack.us-west-2.amazonaws.com"),
        (true, true, "us-gov-west-1", "s3-fips.dualstack.us-gov-west-1.amazonaws.com"),
        (false, false, "cn-north-1", "s3.cn-north-1.amazonaws.com.cn"),
    ])
    func `storage names its hosts its own way`(fips: Bool, dualStack: Bool, region: String, host: String) throws {
        let resolver = AWSEndpointResolver(variables: [
            "AWS_USE_FIPS_ENDPOINT": "\(fips)", "AWS_USE_DUALSTACK_ENDPOINT": "\(dualStack)",
        ])
        #expect(try resolver.endpoint(of: .s3, region: region).host == host)
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

    @Test func `settings take the variable before the profile`() throws {
        let profiles = try AWSProfiles(
            config: ("[default]\nregion = eu-west-1\nuse_fips_endpoint = true", "c"), credentials: ("", ""))
        #expect(AWSSettings(variables: ["AWS_REGION": " "], profiles: profiles).region == "eu-west-1")
        #expect(
            AWSSettings(variables: ["AWS_DEFAULT_REGION": "a", "AWS_REGION": "b"], profiles: profiles).region == "b")
        #expect(AWSSettings(variables: ["AWS_DEFAULT_REGION": "a"], profiles: profiles).region == "a")
        #expect(AWSSettings(variables: [:]).region == nil)
        let resolver = AWSEndpointResolver(variables: [:], profiles: profiles)
        #expect(try resolver.endpoint(of: .sts, region: "eu-west-1").host == "sts-fips.eu-west-1.amazonaws.com")
    }
}
