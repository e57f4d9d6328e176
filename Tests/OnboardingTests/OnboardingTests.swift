import Bedrock
import BotConfiguration
import Diagnostics
import FileAccess
import Onboarding
import Scaffolding
import SmokeTesting
import Testing

struct OnboardingTests {
    private func request(_ id: String, name: String? = nil) -> OnboardingRequest {
        OnboardingRequest(BotRequest(modelID: id, name: name))
    }

    private let wholeWay = ["facts", "scaffold", "validate", "write", "boot", "smoke"]

    // MARK: - The whole way

    @Test func `a model of the catalog goes every step, and each is told as it begins and ends`() async {
        let world = OnboardingWorld()
        let report = await world.run(request("anthropic.claude-opus-5-5"))
        #expect(report.failure == nil)
        #expect(report.steps.map(\.step.rawValue) == wholeWay)
        #expect(world.events == wholeWay.flatMap { [$0, $0 + "."] })
        #expect(report.bot == "claude-opus-5.5")
        #expect(report.isWritten)
        #expect(report.smoke?.upstream == "simulator")
        #expect(!report.isMadeUp)
        #expect(world.files["bots.d/claude-opus-5.5.yaml"]?.contains("model: anthropic.claude-opus-5-5\n") == true)
        #expect(world.files.count == 2)
    }

    @Test func `a bot that is there is asked again, and nothing is written`() async {
        let world = OnboardingWorld(["bots.d/mine.yaml": "model: amazon.nova-lite-v1:0\n"])
        let before = world.files
        let report = await world.run(request("amazon.nova-lite-v1:0"))
        #expect(report.failure == nil)
        #expect(report.steps.map(\.step.rawValue) == wholeWay.filter { $0 != "write" })
        #expect(report.bot == "mine")
        #expect(world.files == before)
        var elsewhere = request("amazon.nova-lite-v1:0")
        elsewhere.bot.region = "eu-west-1"
        let refused = await world.run(elsewhere)
        #expect((refused.failure as? ScaffoldRefusal)?.code == .exists(bot: "mine"))
    }

    @Test func `a dry run goes every step and leaves the project as it was`() async {
        let world = OnboardingWorld()
        let before = world.files
        var dry = request("acme.rocket-2-v1:0")
        dry.isDryRun = true
        let report = await world.run(dry) { _ in Issue.record("nothing is about to be written") }
        #expect(report.failure == nil)
        #expect(report.steps.count == wholeWay.count)
        #expect(report.files.map(\.path) == ["catalog.d/rocket-2.yaml", "bots.d/rocket-2.yaml"])
        #expect(!report.isWritten)
        #expect(world.files == before)
    }

    // MARK: - What nobody knows

    @Test func `a model in no catalog gets facts, and the report says that only this project knows it`() async {
        let world = OnboardingWorld()
        var wanted = request("acme.rocket-2-v1:0")
        wanted.contextTokens = 200_000
        let report = await world.run(wanted)
        #expect(report.failure == nil)
        #expect(report.isMadeUp)
        #expect(world.files["catalog.d/rocket-2.yaml"]?.contains("context_tokens: 200000\n") == true)
    }

    @Test func `facts on a model that is known are a correction, which makes nothing up`() async {
        let world = OnboardingWorld()
        var wanted = request("amazon.nova-micro-v1:0")
        wanted.contextTokens = 5000
        let report = await world.run(wanted)
        #expect(report.failure == nil)
        #expect(!report.isMadeUp)
        guard case .described(_, .correction, _, _) = report.steps.first?.outcome else {
            Issue.record("\(report.steps)")
            return
        }
    }

    @Test func `the newest of its family is what a new version is nearest to`() async {
        let report = await OnboardingWorld().run(request("us.anthropic.claude-opus-9-20270101-v1:0"))
        #expect(report.failure == nil)
        guard case .described(_, .newModel, let nearest, _) = report.steps.first?.outcome else {
            Issue.record("\(report.steps)")
            return
        }
        #expect(nearest == "anthropic.claude-opus-5-5")
    }

    @Test func `a slip is asked about, and without a person it is refused`() async {
        let id = "amazon.nova-mirco-v1:0"
        let world = OnboardingWorld()
        let before = world.files
        guard case OnboardingFailure.unconfirmed(let slip)? = await world.run(request(id)).failure else {
            Issue.record("it was not refused")
            return
        }
        #expect(slip.meant == ["amazon.nova-micro-v1:0"])
        guard case OnboardingFailure.declined? = await world.run(request(id), confirms: false).failure else {
            Issue.record("it was not declined")
            return
        }
        #expect(world.files == before)
        #expect(await world.run(request(id), confirms: true).failure == nil)
        #expect(world.slips.map(\.id) == [id, id])
        var certain = request("amazon.nova-prov1:0")
        certain.assumesYes = true
        #expect(await world.run(certain).failure == nil)
        #expect(world.slips.count == 2)
    }

    // MARK: - What goes wrong

    @Test(arguments: ["nova-lite", "acme.a b", "amazon.titan-embed-text-v2:0", "anthropic.claude-haiku-4-5"])
    func `what can be no bot leaves nothing behind`(id: String) async {
        let world = OnboardingWorld()
        let before = world.files
        let report = await world.run(request(id))
        #expect((report.failure as? ScaffoldRefusal)?.code == .model)
        #expect(world.files == before)
        #expect(world.served.isEmpty)
    }

    @Test func `settings that are broken stop it before the bot's file is made`() async {
        let world = OnboardingWorld(["botctl.yaml": "environmens: 1\n"])
        let report = await world.run(request("amazon.nova-lite-v1:0"))
        #expect((report.failure as? ScaffoldRefusal)?.code == .settings)
        #expect(report.steps.map(\.step.rawValue) == ["facts", "scaffold"])
        #expect(world.files.count == 1)
    }

    @Test func `errors in files of others are counted and do not stand in the way`() async {
        let world = OnboardingWorld(["bots.d/broken.yaml": "modle: x\n"])
        let report = await world.run(request("amazon.nova-lite-v1:0"))
        #expect(report.failure == nil)
        guard case .valid(let files, let own, let others) = report.steps[2].outcome else {
            Issue.record("\(report.steps)")
            return
        }
        #expect(files == ["bots.d/nova-lite.yaml"])
        #expect(own.isEmpty)
        #expect(others > 0)
    }

    @Test func `a bot that would not be valid is not written`() async {
        let world = OnboardingWorld()
        let before = world.files
        var wanted = request("acme.rocket-2-v1:0")
        wanted.contextTokens = -5
        let report = await world.run(wanted)
        guard case OnboardingFailure.invalid(let diagnostics)? = report.failure else {
            Issue.record("\(String(describing: report.failure))")
            return
        }
        #expect(diagnostics.containsErrors)
        #expect(world.files == before)
    }

    @Test func `whoever looks before the writing can stop it`() async {
        struct NotNow: Error {}
        let world = OnboardingWorld()
        let before = world.files
        let report = await world.run(request("amazon.nova-lite-v1:0")) { project in
            #expect(project.bot(named: "nova-lite") != nil)
            throw NotNow()
        }
        #expect(report.failure is NotNow)
        #expect(world.files == before)
    }

    @Test func `of two files both are written or none`() async {
        let world = OnboardingWorld(unwritable: "bots.d")
        let before = world.files
        let report = await world.run(request("acme.rocket-2-v1:0"))
        #expect((report.failure as? FileAccessError)?.code == .noSpace)
        #expect(!report.isWritten)
        #expect(world.files == before)
    }

    @Test func `a schema for editors that cannot be written stops nothing`() async {
        let report = await OnboardingWorld(unwritable: "schemas").run(request("amazon.nova-lite-v1:0"))
        #expect(report.failure == nil)
        guard case .written(_, let schemas) = report.steps[3].outcome else {
            Issue.record("\(report.steps)")
            return
        }
        #expect(schemas.notes == ["schemas/bot.schema.json could not be written: no space left"])
    }

    @Test func `a bot that fails stays, and the report has its verdicts`() async {
        let world = OnboardingWorld { _ in .fail }
        let report = await world.run(request("amazon.nova-lite-v1:0"))
        guard case OnboardingFailure.smokeFailed(let smoke)? = report.failure else {
            Issue.record("\(String(describing: report.failure))")
            return
        }
        #expect(smoke.count(.fail) == 1)
        #expect(report.smoke == smoke)
        #expect(report.isWritten)
        #expect(world.files.keys.contains("bots.d/nova-lite.yaml"))
    }

    @Test func `a gateway that cannot make the bot says why`() async {
        let report = await OnboardingWorld(gatewayRefuses: "no key").run(request("amazon.nova-lite-v1:0"))
        guard case OnboardingFailure.cannotBuild("no key")? = report.failure else {
            Issue.record("\(String(describing: report.failure))")
            return
        }
        #expect(report.steps.last?.step == .boot)
    }

    @Test func `what is cancelled has a report all the same`() async {
        let world = OnboardingWorld { _ in throw CancellationError() }
        let report = await world.run(request("amazon.nova-lite-v1:0"))
        guard case OnboardingFailure.interrupted? = report.failure else {
            Issue.record("\(String(describing: report.failure))")
            return
        }
        #expect(report.isWritten)
    }

    // MARK: - The real model service

    @Test func `on the way to the real service the control plane is asked first`() async throws {
        let world = OnboardingWorld()
        var live = request("us.amazon.nova-micro-v1:0")
        live.isLive = true
        let report = await world.run(live)
        #expect(report.failure == nil)
        #expect(report.steps.map(\.step.rawValue) == ["access"] + wholeWay)
        #expect(report.smoke?.upstream == "aws")
        let question = try #require(world.questions.first)
        #expect(question.modelID == "amazon.nova-micro-v1:0")
        #expect(question.upstreamID == "us.amazon.nova-micro-v1:0")
        #expect(question.modelName == "Nova Micro")
        #expect(question.region == "us-east-1")
    }

    @Test func `what the control plane tells of a new model goes into its facts`() async {
        let access = ModelAccessSurvey(
            region: "us-east-1",
            model: FoundationModel(
                id: "acme.rocket-2-v1:0", name: "Rocket 2", inputModalities: ["TEXT", "IMAGE", "SMELL"], streams: true,
                inferenceTypes: ["INFERENCE_PROFILE"]),
            profiles: [ListedInferenceProfile(id: "us.acme.rocket-2-v1:0")])
        let world = OnboardingWorld(access: access)
        var live = request("acme.rocket-2-v1:0")
        live.isLive = true
        let report = await world.run(live)
        #expect(report.failure == nil)
        #expect(!report.isMadeUp)
        #expect(world.questions.first?.upstreamID == nil)
        let facts = world.files["catalog.d/rocket-2.yaml"]
        #expect(facts?.contains("input_modalities: [text, image]\n") == true)
        #expect(facts?.contains("- {id: us.acme.rocket-2-v1:0, source_regions: [us-east-1]}\n") == true)
        #expect(world.served == ["us.acme.rocket-2-v1:0"])
    }

    private static let arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc123abc123"

    @Test func `a profile of the account is onboarded as the model that it stands for`() async throws {
        let world = OnboardingWorld(
            profile: ListedInferenceProfile(
                id: "abc123abc123", name: "Team A", modelIDs: ["amazon.nova-lite-v1:0"], routesTo: ["eu-west-1"]))
        var live = request(Self.arn)
        live.isLive = true
        let report = await world.run(live)
        #expect(report.failure == nil)
        let question = try #require(world.questions.first)
        #expect(question.modelID == "amazon.nova-lite-v1:0")
        #expect(question.upstreamID == nil)
        #expect(question.region == "eu-west-1")
        #expect(report.files.map(\.path) == ["bots.d/team-a.yaml"])
        let file = try #require(world.files["bots.d/team-a.yaml"])
        #expect(file.contains("id: amazon.nova-lite-v1:0"))
        #expect(file.contains(Self.arn))
        #expect(world.served == [Self.arn])
        guard case .access(let survey)? = report.steps.first?.outcome else {
            Issue.record("no access step")
            return
        }
        #expect(
            survey.findings.first?.text
                == "the inference profile 'Team A' of the account stands for amazon.nova-lite-v1:0")
    }

    @Test func `a profile that cannot be looked up is called as it is`() async {
        let world = OnboardingWorld()
        let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123abc123"
        var live = request(arn, name: "own")
        live.isLive = true
        let report = await world.run(live)
        #expect(report.failure == nil)
        #expect(world.questions.isEmpty)
        #expect(report.files.map(\.path) == ["bots.d/own.yaml"])
    }
}
