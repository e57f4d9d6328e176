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
        begin(.access, onEvent)
        let profile: ListedInferenceProfile?
        do {
            profile = try await findOwnProfile()
        } catch let error as ControlPlaneError {
            end(.accessNotAsked(error), onEvent)
            return nil
        }
        let id = request.bot.modelID
        guard !ModelCatalog.isARN(id) else {
            end(.accessNotAsked(nil), onEvent)
            return nil
        }
        let known = loadCatalog().facts(for: id)
        let target = try await accessTarget()
        var survey = try await dependencies.survey(
            OnboardingDependencies.AccessQuestion(
                modelID: ModelCatalog.baseID(of: id),
                upstreamID: known == nil || profile != nil ? nil : target.upstreamID,
                modelName: known?.displayName, region: target.region))
        if let profile {
            let name = profile.name.map { "'\($0)'" } ?? profile.id
            survey.begin(with: .init(.yes, "the inference profile \(name) of the account stands for \(id)"))
        }
        end(.access(survey), onEvent)
        return survey
    }

    /// Finds out what an inference profile of the account stands for, and wants its model, called through it.
    ///
    /// - Returns: The profile; nil where the request names none by its ARN.
    /// - Throws: `ControlPlaneError` when it cannot be told, and what else the dependency throws.
    private mutating func findOwnProfile() async throws -> ListedInferenceProfile? {
        let arn = request.bot.modelID
        guard request.bot.profile == nil, let region = ModelCatalog.regionOfOwnProfile(arn) else { return nil }
        let profile = try await dependencies.findProfile(arn, region)
        guard let model = profile.modelIDs.first, FactsScaffold.canDescribe(model), !ModelCatalog.isARN(model) else {
            return nil
        }
        request.bot.modelID = model
        request.bot.profile = arn
        request.bot.region = request.bot.region ?? region
        request.bot.name = request.bot.name ?? profile.name.flatMap(BotNaming.name)
        return profile
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
