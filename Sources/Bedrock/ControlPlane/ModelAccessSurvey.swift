/// What the control plane tells of an account's access to a model: asked before money is spent on a call.
///
/// It tells, the call proves: a permission that is missing here says nothing about the permission to call the model.
package struct ModelAccessSurvey: Sendable {
    /// What a question was answered with.
    package enum Answer: String, Hashable, Sendable, CaseIterable {
        case yes, no
        /// The service did not say: a permission is missing, or it could not be reached.
        case unknown
    }

    /// One question with its answer.
    package struct Finding: Hashable, Sendable {
        package var answer: Answer
        /// What was found, as a sentence without a full stop.
        package var text: String
        /// What to do about it.
        package var hint: String?

        package init(_ answer: Answer, _ text: String, hint: String? = nil) {
            self.answer = answer
            self.text = text
            self.hint = hint
        }
    }

    /// The region that was asked.
    package let region: String
    /// The model's entry in the region's listing.
    package private(set) var model: FoundationModel?
    /// The profiles that are callable from the region and have the model behind them.
    package private(set) var profiles: [ListedInferenceProfile] = []
    /// Whether the region's listing and its profiles could be read.
    package private(set) var isComplete = true
    /// In the order in which they are shown.
    package private(set) var findings: [Finding] = []

    /// A survey whose answers are known.
    package init(
        region: String, model: FoundationModel? = nil, profiles: [ListedInferenceProfile] = [], findings: [Finding] = []
    ) {
        self.region = region
        self.model = model
        self.profiles = profiles
        self.findings = findings
    }

    /// Asks the control plane about a model, all questions at once.
    ///
    /// - Parameters:
    ///   - modelID: The id without a profile's prefix; no ARN.
    ///   - upstreamID: The id that is to be called, if that is known yet.
    ///   - name: The model's name for people, if it is known: quotas are named by it. That of the listing comes first.
    ///   - controlPlane: Whom to ask.
    ///   - quotas: Whom to ask for quotas, in the same region.
    /// - Throws: `CancellationError`; whatever else goes wrong is a finding.
    package init(
        of modelID: String, calledAs upstreamID: String?, named name: String? = nil,
        at controlPlane: BedrockControlPlane, quotas: ServiceQuotas
    ) async throws {
        region = controlPlane.region
        async let models = Self.outcome { try await controlPlane.foundationModels() }
        async let allProfiles = Self.outcome { try await controlPlane.inferenceProfiles() }
        async let availability = Self.outcome { try await controlPlane.availability(of: modelID) }
        async let modelQuotas = Self.outcome { try await quotas.modelQuotas() }
        var failures = try await judge(modelID: modelID, upstreamID: upstreamID, models, allProfiles, availability)
        switch try await modelQuotas {
        case .success(let all):
            let names = [model?.name, name].compactMap(\.self)
            findings.append(Self.finding(in: all, of: names, calledAs: upstreamID, modelID))
        case .failure(let error): failures.append(error)
        }
        report(failures)
    }

    /// Adds what was found before anything was asked about the model.
    package mutating func begin(with finding: Finding) { findings.insert(finding, at: 0) }

    /// Whether nothing was answered with no.
    package var isAllowed: Bool { !findings.contains { $0.answer == .no } }
}

// MARK: - Judging

extension ModelAccessSurvey {
    private typealias Outcome<Value> = Result<Value, ControlPlaneError>

    private static func outcome<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws -> Result<Value, ControlPlaneError> {
        do {
            return .success(try await body())
        } catch let error as ControlPlaneError {
            return .failure(error)
        }
    }

    private mutating func judge(
        modelID: String, upstreamID: String?, _ models: Outcome<[FoundationModel]>,
        _ allProfiles: Outcome<[ListedInferenceProfile]>, _ availability: Outcome<ModelAvailability>
    ) -> [ControlPlaneError] {
        var failures: [ControlPlaneError] = []
        switch allProfiles {
        case .success(let all): profiles = all.filter { $0.modelIDs.contains(modelID) || $0.id == upstreamID }
        case .failure(let error): failures.append(error)
        }
        switch models {
        case .success(let all):
            model = all.first { $0.id == modelID }
            judgeListing(modelID)
        case .failure(let error): failures.append(error)
        }
        isComplete = failures.isEmpty
        if let upstreamID { judgeRoute(modelID, upstreamID) }
        switch availability {
        case .success(let availability): judge(availability)
        case .failure(let error) where error.code == .notFound:
            findings.append(Finding(.unknown, "the service knows no availability of \(modelID) in \(region)"))
        case .failure(let error): failures.append(error)
        }
        return failures
    }

    private mutating func judgeListing(_ modelID: String) {
        if let model {
            let text = "\(region) lists \(model.name ?? modelID)" + (model.lifecycle.map { ", \($0)" } ?? "")
            findings.append(
                model.isLegacy
                    ? Finding(
                        .unknown, text, hint: "closed to accounts that did not use it before; choose a newer model")
                    : Finding(.yes, text))
        } else if !profiles.isEmpty {
            findings.append(Finding(.yes, "\(region) reaches the model through inference profiles"))
        } else {
            findings.append(
                Finding(.no, "\(region) does not list \(modelID)", hint: "name a region that has it with --region"))
        }
    }

    private mutating func judgeRoute(_ modelID: String, _ upstreamID: String) {
        guard isComplete else { return }
        if upstreamID == modelID {
            guard let model, !model.inferenceTypes.isEmpty, !model.isOnDemand else { return }
            let ids = profiles.map(\.id).joined(separator: ", ")
            findings.append(
                Finding(
                    .no, "\(region) does not take the bare id \(modelID)",
                    hint: ids.isEmpty ? nil : "inference profiles that it takes: \(ids)"))
        } else if profiles.contains(where: { $0.id == upstreamID }) {
            findings.append(Finding(.yes, "the inference profile \(upstreamID) is callable from \(region)"))
        } else {
            let ids = profiles.map(\.id).joined(separator: ", ")
            findings.append(
                Finding(
                    .no, "the inference profile \(upstreamID) is not callable from \(region)",
                    hint: ids.isEmpty ? nil : "callable from there: \(ids)"))
        }
    }

    private mutating func judge(_ availability: ModelAvailability) {
        let access = "request access to the model in the Bedrock console of the region, under 'Model access'"
        if availability.region == "NOT_AVAILABLE" {
            findings.append(Finding(.no, "the model is not available in the region"))
        }
        switch availability.authorization {
        case "AUTHORIZED"?: findings.append(Finding(.yes, "the account is authorized"))
        case "NOT_AUTHORIZED"?: findings.append(Finding(.no, "the account is not authorized", hint: access))
        default: break
        }
        if availability.entitlement == "NOT_AVAILABLE" {
            findings.append(Finding(.no, "the account has no entitlement to the model", hint: access))
        }
        switch availability.agreement {
        case "AVAILABLE"?: findings.append(Finding(.yes, "the agreement with the vendor stands"))
        case "PENDING"?:
            findings.append(Finding(.no, "the agreement with the vendor is pending", hint: "try again in some minutes"))
        case "NOT_AVAILABLE"?, "ERROR"?:
            let message = availability.agreementMessage.map { ": \($0)" } ?? ""
            findings.append(Finding(.no, "there is no agreement with the vendor\(message)", hint: access))
        default: break
        }
    }

    /// What could not be asked; one cause that all questions share is told once.
    private mutating func report(_ failures: [ControlPlaneError]) {
        if let first = failures.first, failures.count > 1,
            [.credentials, .unreachable].contains(first.code), failures.allSatisfy({ $0.code == first.code })
        {
            findings.append(Finding(.unknown, "the control plane did not answer: \(first.message)"))
            return
        }
        for error in failures {
            let hint = error.code == .denied ? "allow \(error.permission) to have it checked" : nil
            findings.append(Finding(.unknown, "not known: \(error)", hint: hint))
        }
    }
}
