/// How far a key travels that is sent to a URL without encryption.
package enum ClearTextReach: Hashable, Sendable {
    /// It never leaves the machine.
    case loopback
    /// It stays in a network that is not the internet: a private address, or a name that no public one can be.
    case privateNetwork
    /// Whoever is on the way may read it.
    case open

    /// The reach of a URL; nil for one that is encrypted.
    package init?(url: String) {
        let parts = url.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "http" else { return nil }
        let authority = parts[1].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let address = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        if address.first == "[" {
            self.init(host: String(address.prefix { $0 != "]" }) + "]")
        } else {
            self.init(host: String(address.prefix { $0 != ":" }))
        }
    }

    /// The reach of a host: a name, an IPv4 address, or an IPv6 address in brackets.
    package init(host: String) {
        var host = host.lowercased()
        if host.last == "." { host.removeLast() }
        if host.hasPrefix("[") {
            self.init(ipv6: host.filter { $0 != "[" && $0 != "]" })
        } else if let bytes = Self.ipv4(host) {
            self.init(ipv4: bytes)
        } else if !Self.isName(host) {
            self = .open
        } else if host == "localhost" || host.hasSuffix(".localhost") {
            self = .loopback
        } else if !host.contains(".") || Self.privateEndings.contains(where: host.hasSuffix) {
            self = .privateNetwork
        } else {
            self = .open
        }
    }

    /// Source: RFC 6762, appendix G; RFC 8375; the names of Kubernetes services; `.internal`, which ICANN has reserved.
    private static let privateEndings = [
        ".local", ".internal", ".lan", ".intranet", ".private", ".corp", ".home", ".home.arpa", ".svc",
    ]

    /// Source: RFC 1918; RFC 3927; RFC 6598; RFC 1122, section 3.2.1.3.
    private init(ipv4 bytes: [UInt8]) {
        switch (bytes[0], bytes[1]) {
        case (127, _): self = .loopback
        case (10, _), (172, 16...31), (192, 168), (169, 254), (100, 64...127): self = .privateNetwork
        default: self = .open
        }
    }

    /// Source: RFC 4291, section 2.5.3; RFC 4193; RFC 4291, section 2.5.6.
    private init(ipv6 text: String) {
        let first = text.split(separator: ":").first.flatMap { UInt16($0, radix: 16) } ?? 0
        switch first {
        case _ where text == "::1": self = .loopback
        case 0xFC00...0xFDFF where !text.hasPrefix(":"), 0xFE80...0xFEBF where !text.hasPrefix(":"):
            self = .privateNetwork
        default: self = .open
        }
    }

    private static func ipv4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        // With a zero in front a number is octal to some and decimal to others.
        let bytes = parts.compactMap { part in UInt8(part).flatMap { String($0) == part ? $0 : nil } }
        return parts.count == 4 && bytes.count == 4 ? bytes : nil
    }

    /// Whether a host is a name: resolvers read one that ends in a number as an address, so `134744072` is 8.8.8.8.
    ///
    /// Source: WHATWG, URL Standard, "ends in a number checker"; `inet_aton`.
    private static func isName(_ host: String) -> Bool {
        guard host.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") }) else { return false }
        let last = host[(host.lastIndex(of: ".").map(host.index(after:)) ?? host.startIndex)...]
        return !last.hasPrefix("0x") && !last.allSatisfy(\.isNumber)
    }
}
