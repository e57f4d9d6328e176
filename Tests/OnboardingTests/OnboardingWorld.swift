import Bedrock
import BotConfiguration
import ConfigurationRules
import FileAccess
import Gateway
import ModelCatalog
import Onboarding
import PoeProtocol
import Rollout
import Scaffolding
import Secrets
import SmokeTesting
import Synchronization
import TestSupport
import WallClock

/// Everything around an onboarding, with behaviour and without a disk or a network.
final class OnboardingWorld: Sendable {
    /// What answers the bot's smoke cases: by default all pass.
    typealias Answer = @Sendable (SmokeTarget) async throws -> SmokeVerdict.Result

    private struct State {
        var files: [String: [UInt8]]
        var unwritable: String?
        var events: [String] = []
        var questions: [OnboardingDependencies.AccessQuestion] = []
        var slips: [PossibleSlip] = []
        var served: [String] = []
    }

    private static let root = "/project"

    private let state: Mutex<State>
    private let answer: Answer
    private let refusal: String?
    private let access: ModelAccessSurvey
    private let profile: ListedInferenceProfile?

    /// A world whose project holds these files, by path relative to its root.
    init(
        _ files: [String: String] = ["botctl.yaml": ""], unwritable: String? = nil, gatewayRefuses: String? = nil,
        access: ModelAccessSurvey = ModelAccessSurvey(region: "us-east-1"),
        profile: ListedInferenceProfile? = nil, answer: @escaping Answer = { _ in .pass }
    ) {
        let entries = files.map { ("\(Self.root)/\($0.key)", Array($0.value.utf8)) }
        state = Mutex(State(files: Dictionary(uniqueKeysWithValues: entries), unwritable: unwritable))
        self.answer = answer
        refusal = gatewayRefuses
        self.access = access
        self.profile = profile
    }

    /// The files of the project by path relative to its root, without the schemas of editors.
    var files: [String: String] {
        let files = state.withLock(\.files).filter { !$0.key.contains("/schemas/") }
        return Dictionary(
            uniqueKeysWithValues: files.map {
                (String($0.key.dropFirst(Self.root.count + 1)), String(decoding: $0.value, as: UTF8.self))
            })
    }

    /// What was told, a word each: `facts`, then `facts.` when it has ended.
    var events: [String] { state.withLock(\.events) }
    /// What the control plane was asked.
    var questions: [OnboardingDependencies.AccessQuestion] { state.withLock(\.questions) }
    /// What a person was asked.
    var slips: [PossibleSlip] { state.withLock(\.slips) }
    /// The upstream ids of the bots that a gateway served.
    var served: [String] { state.withLock(\.served) }

    /// Onboards.
    ///
    /// - Parameters:
    ///   - request: What is wanted.
    ///   - confirms: What a person says to a slip; nil where nobody is there.
    ///   - willWrite: See `Onboarding.run`.
    /// - Returns: What came of it.
    func run(
        _ request: OnboardingRequest, confirms: Bool? = nil, willWrite: (Project) async throws -> Void = { _ in }
    ) async -> OnboardingReport {
        let dependencies = OnboardingDependencies(
            files: self, writer: self, catalog: .embedded,
            check: ConfigurationCheck(today: Timestamp(millisecondsSinceEpoch: 1_795_230_000_000)),
            survey: { [self] question in
                state.withLock { $0.questions.append(question) }
                return access
            },
            findProfile: { [profile] _, _ in
                guard let profile else {
                    throw ControlPlaneError(.denied, .bedrock, "GetInferenceProfile", "not allowed")
                }
                return profile
            },
            makeHost: { [self] _ in self }, smoke: self, makeAccessKey: { .random() })
        let ask: ((PossibleSlip) -> Bool)? = confirms.map { answer in
            { [self] slip in
                state.withLock { $0.slips.append(slip) }
                return answer
            }
        }
        return await Onboarding(
            request, into: ProjectLocation(root: Self.root), dependencies: dependencies
        ).run(onEvent: { listen($0) }, confirm: ask, willWrite: willWrite)
    }

    private func listen(_ event: OnboardingEvent) {
        let text =
            switch event {
            case .began(let step): step.rawValue
            case .ended(let step): step.step.rawValue + "."
            }
        state.withLock { $0.events.append(text) }
    }
}

extension OnboardingWorld: FileReading, FileWriting {
    private var memory: InMemoryFiles { InMemoryFiles(files: state.withLock(\.files)) }

    func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
        try memory.read(path, limitInBytes: limitInBytes)
    }

    func entries(of directory: String) throws(FileAccessError) -> [String] { try memory.entries(of: directory) }

    func resolvedPath(of path: String) -> String? { memory.resolvedPath(of: path) }

    func kind(of path: String) -> FileKind? { memory.kind(of: path) }

    func write(_ bytes: [UInt8], to path: String) throws(FileAccessError) {
        if let unwritable = state.withLock(\.unwritable), path.contains(unwritable) {
            throw FileAccessError(code: .noSpace, path: path, description: "writing \(path): no space left")
        }
        state.withLock { $0.files[path] = bytes }
    }

    func create(_ bytes: [UInt8], at path: String) throws(FileAccessError) {
        guard kind(of: path) == nil else {
            throw FileAccessError(code: .alreadyExists, path: path, description: "writing \(path): it exists")
        }
        try write(bytes, to: path)
    }

    func createDirectories(_ path: String) throws(FileAccessError) {}

    func remove(_ path: String) throws(FileAccessError) { state.withLock { $0.files[path] = nil } }
}

extension OnboardingWorld: CandidateHost, SmokeTester {
    func serve<Value: Sendable>(
        _ bots: [GatewayBot], accessKey: Secret, _ body: (String) async throws -> Value
    ) async throws -> Value {
        if let refusal { throw CandidateRefusal(reason: refusal) }
        state.withLock { $0.served += bots.map(\.config.model.upstreamID) }
        return try await body("http://127.0.0.1:1")
    }

    func run(
        _ targets: [SmokeTarget], upstream: String, onVerdict: (SmokeVerdict) -> Void
    ) async throws -> SmokeReport {
        var verdicts: [SmokeVerdict] = []
        for target in targets {
            let result = try await answer(target)
            verdicts.append(
                SmokeVerdict(bot: target.bot, smokeCase: "pong", result: result, total: .milliseconds(5)))
        }
        return SmokeReport(upstream: upstream, verdicts: verdicts)
    }
}
