import ServiceConnections

/// Where requests to a service go.
package struct AWSEndpoint: Hashable, Sendable {
    /// How the connection is made.
    package enum Scheme: String, Hashable, Sendable {
        case http, https

        /// The port that needs not be named.
        package var defaultPort: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    package let scheme: Scheme
    /// A name or an IPv4 address in lower case, or an IPv6 address in brackets.
    package let host: String
    package let port: Int
    /// What stands in front of every request's path: empty, or with a slash at its start and none at its end.
    package let pathPrefix: String
    /// The region of signatures for this host; nil where it is the region that the endpoint was asked for.
    package let signingRegion: String?
    /// Whether somebody has named it by its URL; else it is the service's own host of a region.
    package let isCustom: Bool

    /// Makes an endpoint for a host name that is known to be one.
    init(scheme: Scheme = .https, host: String, signingRegion: String? = nil) {
        self.scheme = scheme
        self.host = host
        port = scheme.defaultPort
        pathPrefix = ""
        self.signingRegion = signingRegion
        isCustom = false
    }

    /// The same endpoint with a label in front of its host name.
    func prefixed(with label: String) -> AWSEndpoint { AWSEndpoint(copying: self, host: "\(label).\(host)") }

    private init(copying other: AWSEndpoint, host: String) {
        scheme = other.scheme
        self.host = host
        port = other.port
        pathPrefix = other.pathPrefix
        signingRegion = other.signingRegion
        isCustom = other.isCustom
    }

    /// Reads an endpoint from a URL such as `http://127.0.0.1:8081/bedrock`.
    ///
    /// - Parameter url: An absolute `http` or `https` URL without user name, query and fragment.
    /// - Throws: ``AWSEndpointError/invalidURL(reason:)``; the reason never repeats the URL, which may hold a password.
    package init(parsing url: String) throws(AWSEndpointError) {
        let bytes = url.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8),
            let scheme = Scheme(rawValue: url[..<colon].lowercased())
        else { throw .invalidURL(reason: "it does not start with http:// or https://") }
        let rest = url[bytes.index(colon, offsetBy: 3)...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let (host, port) = try Self.hostAndPort(rest[..<slash])
        var path = rest[slash...]
        while path.last == "/" { path.removeLast() }
        guard path.utf8.allSatisfy(Self.isPathByte) else {
            throw .invalidURL(reason: "its path holds a query, a fragment or a character that must be percent-encoded")
        }
        self.scheme = scheme
        self.host = host
        self.port = port ?? scheme.defaultPort
        pathPrefix = String(path)
        signingRegion = nil
        isCustom = true
    }

    /// What connections are kept for.
    var origin: ServiceOrigin { ServiceOrigin(isEncrypted: scheme == .https, host: host, port: port) }

    /// The value of the `host` header: with the port, unless it is the scheme's own.
    package var hostHeader: String { port == scheme.defaultPort ? host : "\(host):\(port)" }

    /// The path and query of a request as they go over the wire.
    package func target(of path: String) -> String { pathPrefix + path }

    /// The whole URL of a path that starts with a slash and is percent-encoded where it must be.
    package func url(of path: String) -> String { "\(scheme.rawValue)://\(hostHeader)\(target(of: path))" }
}

// MARK: - Reading

extension AWSEndpoint {
    private static func hostAndPort(_ authority: Substring) throws(AWSEndpointError) -> (String, Int?) {
        guard !authority.utf8.contains(UInt8(ascii: "@")) else {
            throw .invalidURL(reason: "it holds a user name, which an endpoint cannot have")
        }
        let host: Substring
        var rest: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else {
                throw .invalidURL(reason: "the bracket around its address is not closed")
            }
            host = authority[...end]
            rest = authority[authority.index(after: end)...]
            guard host.utf8.count > 2, host.utf8.dropFirst().dropLast().allSatisfy(isIPv6Byte) else {
                throw .invalidURL(reason: "the address in brackets is no IPv6 address")
            }
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<colon]
            rest = authority[colon...]
            guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(isHostByte) else {
                throw .invalidURL(reason: "it has no host name, or one with a character that no host name has")
            }
        }
        guard !rest.isEmpty else { return (host.lowercased(), nil) }
        guard rest.removeFirst() == ":", rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(rest),
            (1...65_535).contains(port)
        else { throw .invalidURL(reason: "its port is no number from 1 to 65535") }
        return (host.lowercased(), port)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }

    private static func isIPv6Byte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "/-._~%!$&'()*+,;=:@".utf8.contains(byte)
    }
}
