package import Bedrock
package import Diagnostics

/// Why the catalog could not be compared with the listings, or why nothing was written.
package struct CatalogSyncError: Error, Sendable {
    /// What kind of failure this is.
    package struct Code: Hashable, Sendable {
        private enum Value: Hashable { case notAsked, nothingListed, invalid }
        private let value: Value

        /// A region's control plane did not answer.
        package static let notAsked = Code(value: .notAsked)
        /// A region listed no model.
        package static let nothingListed = Code(value: .nothingListed)
        /// The project would not be valid with what was to be written.
        package static let invalid = Code(value: .invalid)
    }

    package let code: Code
    /// What failed and on what, as a sentence without a full stop.
    package let message: String
    /// What to do next.
    package let hint: String?
    /// What would be wrong in the project.
    package private(set) var diagnostics: [Diagnostic] = []

    /// A region that did not answer.
    package init(_ error: ControlPlaneError, region: String) {
        code = .notAsked
        message = "\(region) could not be asked: \(error)"
        hint =
            switch error.code {
            case .denied:
                "allow bedrock:ListFoundationModels and bedrock:ListInferenceProfiles, or leave the region out"
            case .credentials: "check the credentials, and that the account has the region switched on"
            case .unreachable: "check the region's name, the network and AWS_ENDPOINT_URL_BEDROCK"
            default: nil
            }
    }

    /// A project that would have errors that it does not have now.
    init(invalid diagnostics: [Diagnostic]) {
        self.init(
            code: .invalid, message: "the project would not be valid with these facts; nothing was written",
            hint: "mend what the errors name, or say it in a file of catalog.d of your own, which wins")
        self.diagnostics = diagnostics
    }

    /// A region that answered with an empty listing.
    static func nothingListed(region: String) -> CatalogSyncError {
        CatalogSyncError(
            code: .nothingListed, message: "\(region) lists no model at all",
            hint: "check that Amazon Bedrock is offered there, and AWS_ENDPOINT_URL_BEDROCK")
    }

    private init(code: Code, message: String, hint: String?) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}
