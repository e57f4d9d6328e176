package import Deployment

/// Who deploys, and what they allow.
package struct RolloutOptions: Hashable, Sendable {
    /// Who deploys, as people know them: "ana on build-3".
    package var by: String
    /// Name and version of this program.
    package var tool: String
    /// The checkout that the bots come from; nil when it is under no version control.
    package var source: Manifest.Source?
    /// Why, in the deployer's words.
    package var message: String?
    package var guards: PlanGuards
    /// How long to wait for somebody else's deploy to end.
    package var leasePatience: Duration = .seconds(60)
    /// How long the live replicas may take to serve what was written.
    package var convergeTimeout: Duration = .seconds(60)
    /// Whether a replica must be there to serve it.
    package var requiresReplica = false
    /// Why a candidate may go live although its smoke cases told nothing; nil when it may not.
    package var acceptInconclusive: String?

    package init(
        by: String, tool: String, source: Manifest.Source? = nil, message: String? = nil,
        guards: PlanGuards = PlanGuards()
    ) {
        self.by = by
        self.tool = tool
        self.source = source
        self.message = message
        self.guards = guards
    }
}
