import JSONCoding
import ModelCatalog
import WallClock

extension BedrockFace {
    /// ListInferenceProfiles: the profiles that can be used from the call's region.
    ///
    /// Source: Amazon Bedrock API reference, ListInferenceProfiles.
    func listProfiles(_ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let target = call.request.target
        try Self.check("type", target, ["SYSTEM_DEFINED", "APPLICATION"])
        let region = call.call.region
        let own = state.profiles.all(in: region).map(\.json)
        let listing = ModelListing(region: region)
        let system = configuration.catalog.models.flatMap { listing.profiles(of: $0) }
        let profiles =
            switch target.parameter("type") {
            case "APPLICATION": own
            case "SYSTEM_DEFINED": system
            default: system + own
            }
        let page = try Page(of: profiles, target)
        var answer: JSONObject = ["inferenceProfileSummaries": .array(page.elements.map { .object($0) })]
        if let token = page.nextToken { answer.append("nextToken", .string(token)) }
        return .object(answer)
    }

    /// GetInferenceProfile.
    func getProfile(_ id: String, _ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let region = call.call.region
        if let own = state.profiles.profile(id, in: region) { return .object(own.json) }
        let name = id.split(separator: "/").last.map(String.init) ?? id
        let listing = ModelListing(region: region)
        let profile = knownFacts(of: id).flatMap { facts in
            listing.profiles(of: facts).first { $0["inferenceProfileId"]?.string == name }
        }
        guard let profile else { throw Self.noProfile(name) }
        return .object(profile)
    }

    /// CreateInferenceProfile: a profile of the account's own for a model or for one of the service's profiles.
    ///
    /// Source: Amazon Bedrock API reference, CreateInferenceProfile.
    func makeProfile(_ call: BedrockCall) throws(ServiceError) -> JSONValue {
        let body = try JSONReading.object(call.call.body)
        let region = call.call.region
        guard let name = try JSONReading.string(body["inferenceProfileName"]), (1...64).contains(name.count) else {
            throw .constraint(value: nil, at: "inferenceProfileName", must: "have length from 1 to 64")
        }
        let source = try JSONReading.optionalObject(body["modelSource"])
        guard let arn = try JSONReading.string(source?["copyFrom"]), arn.hasPrefix("arn:") else {
            throw .constraint(value: nil, at: "modelSource.copyFrom", must: "be the ARN of a model or a profile")
        }
        let facts = try access(from: call).facts(for: arn, kinds: [.text, .image, .imageEdit, .video])
        let target = arn.split(separator: "/").last.map(String.init) ?? arn
        let listing = ModelListing(region: region)
        let system = listing.profiles(of: facts).first { $0["inferenceProfileId"]?.string == target }
        let arns = system?["models"]?.array?.compactMap { $0["modelArn"]?.string } ?? [listing.arn(of: facts)]
        let profile = ApplicationProfile(
            id: ApplicationProfiles.id(of: name, in: region), name: name,
            summary: try JSONReading.string(body["description"]), region: region, target: target, modelARNs: arns,
            created: configuration.clock.now())
        try state.profiles.add(profile)
        return ["inferenceProfileArn": .string(profile.arn), "status": "ACTIVE"]
    }

    /// DeleteInferenceProfile.
    func removeProfile(_ id: String, _ call: BedrockCall) throws(ServiceError) -> JSONValue {
        guard let profile = state.profiles.profile(id, in: call.call.region), state.profiles.remove(profile) else {
            throw Self.noProfile(id)
        }
        return [:]
    }

    private static func noProfile(_ name: String) -> ServiceError {
        ServiceError(.resourceNotFound, "The inference profile \(name) could not be found.")
    }
}
