package import ChatEvents

/// A model service that can also tell how it would be called.
package protocol DescribedUpstream: ChatUpstream {
    /// The call that a request would become, without making it.
    func describe(_ request: ChatRequest) -> UpstreamDescription
}
