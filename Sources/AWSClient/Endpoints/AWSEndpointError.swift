/// Why it is not known where requests to a service go.
package enum AWSEndpointError: Error, Hashable, Sendable {
    /// A URL cannot be an endpoint; the reason is the end of a sentence about it.
    case invalidURL(reason: String)
    /// The endpoint that a variable configures cannot be one.
    case invalidVariable(name: String, reason: String)
    /// Neither a region nor an endpoint is given.
    case missingRegion
    /// A region that cannot be part of a host name.
    case invalidRegion(String)
    /// FIPS or dual-stack endpoints were asked for beside an endpoint of one's own, which cannot both hold.
    case variantOfCustomEndpoint(String)
}

extension AWSEndpointError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidURL(let reason): "the endpoint URL is not usable: \(reason)"
        case .invalidVariable(let name, let reason): "the endpoint URL in \(name) is not usable: \(reason)"
        case .missingRegion: "there is no region to find the endpoint by"
        case .invalidRegion(let region): "\(region.debugDescription) is no region: it cannot be part of a host name"
        case .variantOfCustomEndpoint(let variant): "\(variant) and a custom endpoint cannot be used together"
        }
    }
}
