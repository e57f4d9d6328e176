import AWSSigning
import JSONCoding
import Synchronization
import WallClock

/// An inference profile that an account has made for itself.
struct ApplicationProfile: Sendable, Hashable {
    let id: String
    let name: String
    let summary: String?
    let region: String
    /// The id of the model or of the service's own profile that it stands for.
    let target: String
    /// The ARNs of the model in all regions that may answer.
    let modelARNs: [String]
    let created: Timestamp

    /// The profile's ARN.
    var arn: String { "arn:aws:bedrock:\(region):\(BedrockFace.account):application-inference-profile/\(id)" }

    /// The profile as ListInferenceProfiles and GetInferenceProfile tell it.
    var json: JSONObject {
        var members: JSONObject = [
            "inferenceProfileName": .string(name), "createdAt": .string(created.iso8601),
            "updatedAt": .string(created.iso8601), "inferenceProfileArn": .string(arn),
            "inferenceProfileId": .string(id), "models": .array(modelARNs.map { ["modelArn": .string($0)] }),
            "status": "ACTIVE", "type": "APPLICATION",
        ]
        if let summary { members.append("description", .string(summary)) }
        return members
    }
}

/// The inference profiles that accounts have made for themselves; bounded.
final class ApplicationProfiles: Sendable {
    private let limit: Int
    private let profiles = Mutex<[ApplicationProfile]>([])

    init(limit: Int) { self.limit = limit }

    /// The profiles of a region, in the order in which they were made.
    func all(in region: String) -> [ApplicationProfile] {
        profiles.withLock { $0.filter { $0.region == region } }
    }

    /// The profile that an id or an ARN names in a region.
    func profile(_ id: String, in region: String) -> ApplicationProfile? {
        profiles.withLock { $0.first { $0.region == region && ($0.id == id || $0.arn == id) } }
    }

    /// Adds a profile.
    ///
    /// - Throws: ``ServiceError`` when the region has one of that name, or there are too many.
    func add(_ profile: ApplicationProfile) throws(ServiceError) {
        let error = profiles.withLock { profiles -> ServiceError? in
            guard !profiles.contains(where: { $0.id == profile.id && $0.region == profile.region }) else {
                return ServiceError(.conflict, "An inference profile with the name \(profile.name) already exists.")
            }
            guard profiles.count < limit else {
                return ServiceError(.quotaExceeded, "The account has as many inference profiles as it may have.")
            }
            profiles.append(profile)
            return nil
        }
        if let error { throw error }
    }

    /// Takes a profile away; says whether there was one.
    func remove(_ profile: ApplicationProfile) -> Bool {
        profiles.withLock { profiles in
            let count = profiles.count
            profiles.removeAll { $0 == profile }
            return profiles.count < count
        }
    }

    /// The id of a profile: twelve small letters and digits that follow from name and region.
    static func id(of name: String, in region: String) -> String {
        String(sha256Hex("\(region) \(name)".utf8).prefix(12))
    }
}
