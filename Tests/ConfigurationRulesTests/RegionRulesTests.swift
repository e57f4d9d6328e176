import Diagnostics
import Testing

/// Regions, profiles and ids that do not go together, in one file and over several.
struct RegionRulesTests {
    private let unknownFacts = ["catalog.d/rocket.yaml": "id: acme.rocket-1"]

    private func check(_ files: [String: String]) throws -> JudgedFiles {
        try JudgedFiles(files.merging(["botctl.yaml": "rules: {BOT030: off}"]) { own, _ in own })
    }

    // MARK: - Misspelt regions

    @Test(arguments: [
        ("us-esat-1", "us-east-1"), ("us-wset-2", "us-west-2"), ("eu-centrl-1", "eu-central-1"),
        ("uus-east-2", "us-east-2"), ("us-east1-1", "us-east-1"), ("us-gov-wset-1", "us-gov-west-1"),
    ])
    func `a misspelt region is found whatever the model`(region: String, meant: String) throws {
        for place in ["region: \(region)", "failover_regions: [\(region)]"] {
            let checked = try check(
                unknownFacts.merging(["bots.d/x.yaml": "model: {id: acme.rocket-1, \(place)}"]) { $1 })
            #expect(checked.lines.count == 1)
            #expect(checked.lines.first?.hasSuffix("warning BOT070 the catalog knows no region '\(region)'") == true)
            #expect(checked.help == ["did you mean '\(meant)'?"])
        }
    }

    @Test(arguments: ["us-east-9", "us-gov-east-1", "cn-north-1", "nz-north-1", "eusc-de-east-1", "moon-base-1"])
    func `a region may be new, or of another partition`(region: String) throws {
        let bot = "model: {id: acme.rocket-1, region: \(region)}"
        #expect(try check(unknownFacts.merging(["bots.d/x.yaml": bot]) { $1 }).lines == [])
    }

    @Test func `a misspelt region of a template is one mistake, whatever its bots call`() throws {
        let checked = try check(
            unknownFacts.merging([
                "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + "model: {region: us-esat-1}",
                "bots.d/a.yaml": "model: acme.rocket-1", "bots.d/b.yaml": model,
                "bots.d/c.yaml": "model: acme.rocket-1",
                "bots.d/d.yaml":
                    "model: arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl",
            ]) { $1 })
        #expect(
            checked.lines == [
                "templates/DEFAULT_CHAT_CONFIG.yaml:2:17 error BOT053 the catalog knows no region 'us-esat-1'"
            ])
    }

    // MARK: - What does not go together

    @Test(arguments: [
        (
            "model: {profile: us, region: eu-west-1}", "write 'profile: null' beside it, so that the id alone says it"
        ),
        (
            "model: {profile: us, region: us-west-2}",
            "write 'profile: null' beside it, and 'region' to one from which 'eu' works: eu-central-1, eu-north-1"
        ),
    ])
    func `a profile of the template beside an id with another one shows both places`(
        template: String, help: String
    ) throws {
        let checked = try check([
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + template,
            "bots.d/x.yaml": "model: eu.amazon.nova-micro-v1:0",
        ])
        #expect(
            checked.lines == ["bots.d/x.yaml:1:8 error BOT053 the id names 'eu' and the profile says 'us'"])
        #expect(
            checked.notes == [
                "templates/DEFAULT_CHAT_CONFIG.yaml:2:18 the profile is chosen here",
                "templates/DEFAULT_CHAT_CONFIG.yaml:2:30 the region is set here",
            ])
        #expect(checked.help.first?.hasPrefix(help) == true)
    }

    @Test func `what the help says works`() throws {
        let files = [
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + "model: {profile: us, region: us-west-2}",
            "bots.d/x.yaml": "model: eu.amazon.nova-micro-v1:0",
        ]
        #expect(
            try check(files).help.last == "write the id without its prefix: amazon.nova-micro-v1:0")
        for bot in [
            "model: amazon.nova-micro-v1:0",
            "model: {id: eu.amazon.nova-micro-v1:0, profile: null, region: eu-central-1}",
        ] {
            #expect(try check(files.merging(["bots.d/x.yaml": bot]) { $1 }).lines == [])
        }
    }

    @Test func `a region of the template or of an environment shows its place, and that of the model`() throws {
        let template = try check([
            "templates/DEFAULT_CHAT_CONFIG.yaml": JudgedFiles.template + "model: {region: eu-west-1}",
            "bots.d/x.yaml": "model: us.amazon.nova-micro-v1:0",
        ])
        #expect(template.lines.count == 1)
        #expect(template.lines.first?.hasPrefix("bots.d/x.yaml:1:8 error BOT053 inference profile") == true)
        #expect(template.notes == ["templates/DEFAULT_CHAT_CONFIG.yaml:2:17 the region is set here"])
        let environment = try check([
            "botctl.yaml": "environments: {a: {overrides: {model: {region: eu-west-1}}}}",
            "bots.d/x.yaml": "model: us.amazon.nova-micro-v1:0",
        ])
        #expect(environment.lines.first?.hasPrefix("botctl.yaml:1:48 error BOT053") == true)
        #expect(environment.notes == ["bots.d/x.yaml:1:8 the model is named here"])
    }
}
