import Bedrock
import BotConfiguration
import ModelCatalog
import Scaffolding

extension OnboardingWork {
    /// Asks the control plane whether account and region allow the model.
    ///
    /// What it says no to is only told: the smoke test proves what is true.
    ///
    /// - Returns: What it told; nil for a model that it cannot be asked about.
    /// - Throws: What the survey throws.
    mutating func askForAccess(_ onEvent: Listener) async throws -> ModelAccessSurvey? {
        let id = request.bot.modelID
        begin(.access, onEvent)
        guard !id.hasPrefix("arn:") else {
            end(.accessNotAsked, onEvent)
            return nil
        }
        let known = loadCatalog().facts(for: id)
        let target = try await accessTarget()
        let survey = try await dependencies.survey(
            OnboardingDependencies.AccessQuestion(
                modelID: ModelCatalog.baseID(of: id), upstreamID: known == nil ? nil : target.upstreamID,
                modelName: known?.displayName, region: target.region))
        end(.access(survey), onEvent)
        return survey
    }

    /// The region to ask in, and the id that is to be called there, as far as they are known by now.
    private func accessTarget() async throws -> (region: String, upstreamID: String?) {
        switch try await scaffolder.scaffold([request.bot])[0] {
        case .success(let bot): return (bot.region, bot.upstreamID)
        case .failure(let refusal):
            guard case .exists(let name) = refusal.code, let bot = try await loadProject().bot(named: name) else {
                return (request.bot.region ?? BotPlacement.schemaDefault.region, nil)
            }
            return (bot.config.model.region, bot.config.model.upstreamID)
        }
    }
}

extension FactsScaffold {
    /// Takes what a region's control plane tells of the model.
    mutating func take(_ access: ModelAccessSurvey) {
        let modalities = ["text", "image", "video", "speech", "audio"]
        maker = access.model?.provider
        displayName = displayName ?? access.model?.name
        inputModalities = (access.model?.inputModalities ?? []).map { $0.lowercased() }.filter(modalities.contains)
        streams = access.model?.streams
        if access.model?.isOnDemand == true { onDemandRegions = [access.region] }
        let listed = access.profiles.filter { $0.id.hasSuffix(".\(id)") }
        if !listed.isEmpty { profiles = listed.map { Profile(id: $0.id, sourceRegions: [access.region]) } }
    }
}
