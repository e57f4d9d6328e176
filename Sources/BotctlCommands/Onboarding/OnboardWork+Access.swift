import AWSClient
import AsyncHTTPClient
import Bedrock
import BotConfiguration
import ModelCatalog
import Scaffolding

extension OnboardWork {
    /// Asks the control plane whether account and region allow the model.
    ///
    /// What it says no to is only told: the smoke test proves what is true.
    ///
    /// - Returns: What it told; nil for a model that it cannot be asked about.
    /// - Throws: ``CommandFailure`` when there are no credentials to ask with.
    mutating func askForAccess() async throws -> ModelAccessSurvey? {
        let id = run.wish.bot.modelID
        begin("access")
        guard !id.hasPrefix("arn:") else {
            end(.skipped, "cannot be asked for an ARN; the smoke test will show")
            return nil
        }
        let variables = run.context.variables
        let credentials = EnvironmentCredentialProvider(variables: variables)
        do {
            _ = try await credentials.credentials()
        } catch {
            throw CommandFailure(.failure, error.message, hint: error.hint)
        }
        let target = try await accessTarget()
        let base = ModelCatalog.baseID(of: id)
        let clock = run.context.clock
        let survey = try await HTTPClient.withHTTPClient(configuration: HTTPPoolSettings().configuration) { http in
            let controlPlane = BedrockControlPlane(
                client: AWSClient(httpClient: http, credentials: credentials, clock: clock, userAgent: Version.tool),
                endpoint: try AWSEndpointResolver(variables: variables).endpoint(of: .bedrock, region: target.region),
                region: target.region)
            return try await ModelAccessSurvey(of: base, calledAs: target.upstreamID, at: controlPlane)
        }
        let lines = survey.findings.flatMap { finding in
            ["\(finding.answer.sign) \(finding.text)"] + (finding.hint.map { ["  \($0)"] } ?? [])
        }
        let isCertain = survey.findings.allSatisfy { $0.answer == .yes }
        let verdict =
            survey.isAllowed
            ? isCertain ? "the control plane says yes" : "nothing speaks against it"
            : "the control plane says no; the smoke test will show"
        end(isCertain ? .done : .noted, "\(verdict) (\(target.region))", lines: lines + ["? quotas are not asked for"])
        return survey
    }

    /// The region to ask in, and the id that is to be called there, as far as they are known by now.
    private func accessTarget() async throws -> (region: String, upstreamID: String?) {
        let isKnown = loadCatalog().facts(for: run.wish.bot.modelID) != nil
        switch try await scaffolder.scaffold([run.wish.bot])[0] {
        case .success(let bot): return (bot.region, isKnown ? bot.upstreamID : nil)
        case .failure(let refusal):
            guard case .exists(let name) = refusal.code, let bot = try await loadProject().bot(named: name) else {
                return (run.wish.bot.region ?? "us-east-1", nil)
            }
            return (bot.config.model.region, isKnown ? bot.config.model.upstreamID : nil)
        }
    }
}

extension ModelAccessSurvey.Answer {
    /// The answer in one character.
    fileprivate var sign: String {
        switch self {
        case .yes: "+"
        case .no: "-"
        case .unknown: "?"
        }
    }
}
