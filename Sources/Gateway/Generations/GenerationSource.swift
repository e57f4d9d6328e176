package import Deployment

/// Where a gateway learns what to serve.
package enum GenerationSource: Sendable {
    /// A state store, whose manifest the gateway follows.
    case store(StateStore)
    /// These bots, for the gateway's whole life: a candidate, a test. One that cannot be made is an error at the start.
    case fixed([GatewayBot])
}
