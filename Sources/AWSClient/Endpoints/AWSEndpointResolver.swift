/// Finds out where requests to a service go.
///
/// In this order: the URL of the tool's own configuration, the service's variable such as
/// `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`, `AWS_ENDPOINT_URL`, the region's own host. The variables do not count when
/// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
///
/// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints" and "Dual-stack and FIPS endpoints".
package struct AWSEndpointResolver: Sendable {
    private let variables: [String: String]
    private let explicitURL: String?

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - variables: The environment variables of the process.
    ///   - explicitURL: The endpoint of the tool's own configuration, which comes before any variable.
    package init(variables: [String: String], explicitURL: String? = nil) {
        self.variables = variables
        self.explicitURL = explicitURL
    }

    /// The endpoint of a service.
    ///
    /// Regions are not compared with a list, as new ones come: the host is made from the region's name.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - region: The region; nil is good enough for a custom endpoint.
    /// - Returns: Where requests to the service go.
    /// - Throws: ``AWSEndpointError``.
    package func endpoint(of service: AWSService, region: String?) throws(AWSEndpointError) -> AWSEndpoint {
        let usesFIPS = isOn("AWS_USE_FIPS_ENDPOINT")
        let usesDualStack = isOn("AWS_USE_DUALSTACK_ENDPOINT")
        if let custom = try customEndpoint(of: service) {
            if usesFIPS { throw .variantOfCustomEndpoint("a FIPS endpoint") }
            if usesDualStack { throw .variantOfCustomEndpoint("a dual-stack endpoint") }
            return custom
        }
        guard let region, !region.isEmpty else { throw .missingRegion }
        guard Self.isHostLabel(region) else { throw .invalidRegion(region) }
        let partition = AWSPartition(region: region)
        let suffix = usesDualStack ? partition.dualStackSuffix : partition.suffix
        return AWSEndpoint(host: "\(service.hostPrefix)\(usesFIPS ? "-fips" : "").\(region).\(suffix)")
    }

    private func customEndpoint(of service: AWSService) throws(AWSEndpointError) -> AWSEndpoint? {
        if let explicitURL { return try AWSEndpoint(parsing: explicitURL) }
        guard !isOn("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") else { return nil }
        for name in [service.endpointVariable, "AWS_ENDPOINT_URL"] {
            guard let url = variables[name]?.trimmingBlanks(), !url.isEmpty else { continue }
            do {
                return try AWSEndpoint(parsing: url)
            } catch {
                if case .invalidURL(let reason) = error { throw .invalidVariable(name: name, reason: reason) }
                throw error
            }
        }
        return nil
    }

    private func isOn(_ name: String) -> Bool { variables[name]?.trimmingBlanks().lowercased() == "true" }

    /// Whether the text can stand between two dots of a host name (RFC 1123, section 2.1).
    private static func isHostLabel(_ text: String) -> Bool {
        text.utf8.count <= 63 && text.first != "-" && text.last != "-"
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}

extension AWSEndpointResolver: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The variables may hold secrets, and descriptions end up in logs.
    package var description: String { "AWSEndpointResolver" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
