package import AWSConfigFiles

/// Finds out where requests to a service go.
///
/// In this order: the URL of the tool's own configuration, the service's variable such as
/// `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`, `AWS_ENDPOINT_URL`, the service's block of the `services` section that the
/// profile names, the profile's `endpoint_url`, the region's own host. All but the first and the last do not count when
/// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` or the profile's `ignore_configured_endpoint_urls` is `true`.
///
/// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints" and "Dual-stack and FIPS endpoints".
package struct AWSEndpointResolver: Sendable {
    private let settings: AWSSettings
    private let explicitURL: String?

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - variables: The environment variables of the process.
    ///   - profiles: What the shared files hold.
    ///   - explicitURL: The endpoint of the tool's own configuration, which comes before any other.
    package init(variables: [String: String], profiles: AWSProfiles = AWSProfiles(), explicitURL: String? = nil) {
        self.init(settings: AWSSettings(variables: variables, profiles: profiles), explicitURL: explicitURL)
    }

    /// Makes a resolver over settings that have been read.
    package init(settings: AWSSettings, explicitURL: String? = nil) {
        self.settings = settings
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
        let usesFIPS = settings.isOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
        let usesDualStack = settings.isOn("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
        if let custom = try customEndpoint(of: service) {
            if usesFIPS { throw .variantOfCustomEndpoint("a FIPS endpoint") }
            if usesDualStack { throw .variantOfCustomEndpoint("a dual-stack endpoint") }
            return custom
        }
        guard let region, !region.isEmpty else { throw .missingRegion }
        guard Self.isHostLabel(region) else { throw .invalidRegion(region) }
        var hostRegion = region
        if service.hostRule == .securityTokens, !usesFIPS, !usesDualStack, usesGlobalTokenHost,
            AWSService.regionsOfGlobalTokenHost.contains(region)
        {
            hostRegion = AWSService.globalRegion
        }
        return AWSEndpoint(
            host: service.host(region: hostRegion, usesFIPS: usesFIPS, usesDualStack: usesDualStack),
            signingRegion: service.signingRegion(region: hostRegion))
    }

    /// Whether somebody asked for the token service's behaviour of old.
    private var usesGlobalTokenHost: Bool {
        settings.value("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints")?.lowercased() == "legacy"
    }

    private func customEndpoint(of service: AWSService) throws(AWSEndpointError) -> AWSEndpoint? {
        if let explicitURL { return try AWSEndpoint(parsing: explicitURL) }
        guard !settings.isOn("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") else {
            return nil
        }
        let profile = settings.profiles.current
        let section = profile?.nonEmpty("services")
        let inSection = section.flatMap { settings.profiles.services[$0]?.nested(service.servicesKey, "endpoint_url") }
        let places: [(name: String, url: String?)] = [
            (service.endpointVariable, settings.variable(service.endpointVariable)),
            ("AWS_ENDPOINT_URL", settings.variable("AWS_ENDPOINT_URL")),
            ("the section [services \(section ?? "")] of the AWS configuration file", inSection),
            ("the profile \(settings.profiles.selected)", profile?.nonEmpty("endpoint_url")),
        ]
        for (name, url) in places {
            guard let url, !url.isEmpty else { continue }
            do {
                return try AWSEndpoint(parsing: url)
            } catch {
                if case .invalidURL(let reason) = error { throw .invalidVariable(name: name, reason: reason) }
                throw error
            }
        }
        return nil
    }

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
