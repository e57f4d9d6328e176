import ModelCatalog
import Testing

struct UpstreamIDTests {
    let catalog = ModelCatalog.embedded

    private static let nova = "amazon.nova-micro-v1:0"
    private static let sonnet = "anthropic.claude-sonnet-5-5"
    private static let llama = "meta.llama3-3-70b-instruct-v1:0"
    private static let glm = "zai.glm-5.3"
    private static let application = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl"
    private static let systemProfile =
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-micro-v1:0"

    @Test(
        arguments: [
            // Automatic: on demand where the region has it, else the geography's profile.
            (nova, .auto, "us-east-1", nova),
            (nova, .auto, "us-west-2", "us.\(nova)"),
            (nova, .auto, "eu-west-1", "eu.\(nova)"),
            (nova, .auto, "ap-northeast-1", "apac.\(nova)"),
            (sonnet, .auto, "us-east-1", "us.\(sonnet)"),
            (sonnet, .auto, "ca-central-1", "us.\(sonnet)"),
            (sonnet, .auto, "ap-southeast-2", "au.\(sonnet)"),
            (llama, .auto, "us-east-1", "us.\(llama)"),
            (llama, .auto, "us-east-2", llama),
            ("deepseek.r1-v1:0", .auto, "us-west-2", "us.deepseek.r1-v1:0"),
            (sonnet, .auto, "us-gov-west-1", "us-gov.\(sonnet)"),
            (nova, .auto, "us-gov-west-1", nova),
            // An id with its prefix says the same as the choice of that prefix.
            ("us.\(nova)", .auto, "us-east-1", "us.\(nova)"),
            (nova, .prefix("us"), "us-east-1", "us.\(nova)"),
            ("us.\(nova)", .prefix("us"), "us-east-1", "us.\(nova)"),
            ("global.\(sonnet)", .auto, "sa-east-1", "global.\(sonnet)"),
            (sonnet, .prefix("global"), "eu-west-1", "global.\(sonnet)"),
            (sonnet, .prefix("us-gov"), "us-gov-west-1", "us-gov.\(sonnet)"),
            // The bare id.
            (nova, .none, "eu-west-2", nova),
            // Application profiles.
            (nova, .application("abcdefghijkl"), "eu-west-1", "abcdefghijkl"),
            ("us.\(nova)", .application(application), "us-east-1", application),
            (application, .auto, "us-east-1", application),
            (systemProfile, .auto, "us-east-1", systemProfile),
            // What the catalog does not know is taken as it is.
            ("acme.rocket-v9:0", .auto, "us-east-1", "acme.rocket-v9:0"),
            ("acme.rocket-v9:0", .none, "us-east-1", "acme.rocket-v9:0"),
            ("acme.rocket-v9:0", .prefix("eu"), "us-east-1", "eu.acme.rocket-v9:0"),
            ("eu.acme.rocket-v9:0", .auto, "mars-north-1", "eu.acme.rocket-v9:0"),
            ("ai21.j2-mid-v1", .auto, "us-east-1", "ai21.j2-mid-v1"),
            ("ai21.j2-mid-v1", .prefix("us"), "us-east-1", "us.ai21.j2-mid-v1"),
        ] as [(String, ProfileChoice, String, String)])
    func `resolves`(id: String, profile: ProfileChoice, region: String, expected: String) throws {
        #expect(try catalog.upstreamID(for: id, profile: profile, in: region) == expected)
    }

    private func failure(_ id: String, _ profile: ProfileChoice, _ region: String) throws -> ProfileResolutionError {
        try #require(throws: ProfileResolutionError.self) {
            try catalog.upstreamID(for: id, profile: profile, in: region)
        }
    }

    @Test func `a region without on-demand and geographic profile names those that have it, and global`() throws {
        let error = try failure(Self.sonnet, .auto, "sa-east-1")
        #expect(error.reason == .notInRegion)
        #expect(error.modelID == Self.sonnet)
        #expect(error.workingRegions.contains("us-east-1"))
        #expect(error.workingRegions == error.workingRegions.sorted())
        #expect(!error.workingRegions.contains("sa-east-1"))
        #expect(error.globalProfileWorks)
        #expect(error.availablePrefixes == ["au", "eu", "global", "us", "us-gov"])
    }

    @Test func `a model without a global profile says so`() throws {
        let error = try failure("deepseek.r1-v1:0", .auto, "eu-west-1")
        #expect(error.reason == .notInRegion)
        #expect(error.workingRegions == ["us-east-1", "us-east-2", "us-west-2"])
        #expect(!error.globalProfileWorks)
        #expect(error.availablePrefixes == ["us"])
    }

    @Test func `the bare id where it is not on demand is refused with the regions that have it`() throws {
        let error = try failure(Self.nova, .none, "us-west-2")
        #expect(error.reason == .notOnDemand)
        #expect(error.workingRegions == ["ap-southeast-2", "eu-west-2", "us-east-1"])
        #expect(error.workingPrefixes == ["us"])
    }

    @Test func `a profile that is not callable from the region is refused with its source regions`() throws {
        let error = try failure("eu.\(Self.nova)", .auto, "us-east-1")
        #expect(error.reason == .profileNotInRegion(profileID: "eu.\(Self.nova)"))
        #expect(error.workingRegions.contains("eu-west-1"))
        #expect(error.workingPrefixes == ["us"])
    }

    @Test func `a profile that the model does not have is refused with those it has`() throws {
        let error = try failure(Self.nova, .prefix("jp"), "ap-northeast-1")
        #expect(error.reason == .noSuchProfile(prefix: "jp"))
        #expect(error.availablePrefixes == ["apac", "eu", "us"])
        #expect(error.workingPrefixes == ["apac"])
    }

    @Test func `an id that names another profile than the choice contradicts it`() throws {
        let prefixed = "us.\(Self.nova)"
        #expect(
            try failure(prefixed, .prefix("eu"), "us-east-1").reason
                == .contradictingChoice(written: "us", chosen: .prefix("eu")))
        #expect(
            try failure(prefixed, .none, "us-east-1").reason == .contradictingChoice(written: "us", chosen: .none))
        #expect(
            try failure(Self.application, .prefix("eu"), "us-east-1").reason
                == .contradictingChoice(written: Self.application, chosen: .prefix("eu")))
    }

    @Test func `a model of the other endpoint is refused however it is asked for`() throws {
        let id = "google.gemma-4-31b"
        #expect(try failure(id, .auto, "us-east-1").reason == .notServedByRuntime)
        #expect(try failure(id, .prefix("us"), "us-east-1").reason == .notServedByRuntime)
        #expect(try failure(id, .none, "us-east-1").description == "model \(id) is not served by bedrock-runtime")
    }

    @Test func `wherever automatic resolution succeeds, the catalog lists the id for the region`() {
        let regions = Set(catalog.models.flatMap(\.regions)).sorted()
        for model in catalog.models where model.listed && model.runtime == true {
            for region in regions {
                guard let id = try? catalog.upstreamID(for: model.id, profile: .auto, in: region) else { continue }
                let profile = model.inferenceProfiles.first { $0.id == id }
                #expect(profile?.isGlobal != true)
                #expect(
                    id == model.id
                        ? model.onDemandRegions.contains(region) : profile?.sourceRegions?.contains(region) == true,
                    "\(id) in \(region)")
            }
        }
    }
}

struct ProfileChoiceTests {
    @Test(
        arguments: [
            ("auto", .auto), ("none", .none), ("us", .prefix("us")), ("global", .prefix("global")),
            ("us-gov", .prefix("us-gov")), ("abc123def456", .application("abc123def456")),
            (
                "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc123def456",
                .application("arn:aws:bedrock:us-east-1:1:application-inference-profile/abc123def456")
            ),
        ] as [(String, ProfileChoice)])
    func `reads and writes`(text: String, choice: ProfileChoice) {
        #expect(ProfileChoice(text) == choice)
        #expect(choice.text == text)
    }

    @Test(arguments: ["", "usa", "US", "Auto", "us.", "abc123def45", "ABC123DEF456"])
    func `anything else is no choice`(text: String) {
        #expect(ProfileChoice(text) == nil)
    }
}
