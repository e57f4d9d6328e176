/// How a bot asks for an inference profile.
package enum ProfileChoice: Sendable, Hashable {
    /// On demand where the region has it, else the profile of the region's geography; never `global`.
    case auto
    /// The bare id.
    case none
    /// The profile of that prefix: `us`, `global`.
    case prefix(String)
    /// An application inference profile, by its id or ARN.
    case application(String)

    /// A choice as a configuration writes it, or nil when the text is none of the forms.
    ///
    /// An application profile is an ARN or the twelve lower-case letters and digits that AWS gives it.
    package init?(_ text: String) {
        if text == "auto" {
            self = .auto
        } else if text == "none" {
            self = .none
        } else if ModelCatalog.profilePrefixes.contains(text) {
            self = .prefix(text)
        } else if ModelCatalog.isARN(text) || Self.isApplicationProfileID(text) {
            self = .application(text)
        } else {
            return nil
        }
    }

    /// The choice as a configuration writes it.
    package var text: String {
        switch self {
        case .auto: "auto"
        case .none: "none"
        case .prefix(let prefix): prefix
        case .application(let id): id
        }
    }

    private static func isApplicationProfileID(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
}
