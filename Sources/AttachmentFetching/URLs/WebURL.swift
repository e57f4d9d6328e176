/// An `http` or `https` URL in a form that no two readers of URLs understand differently.
///
/// Only what is left after a strict reading is ever sent on: the host in small ASCII letters, no user information, no
/// fragment, no byte that would have to be escaped. Where two readers disagree about the host of a URL, one may be
/// made to check a host and the other to call another.
///
/// Source: RFC 3986, sections 3 and 5.
package struct WebURL: Hashable, Sendable {
    /// Scheme, host and port: what decides who is asked.
    package struct Origin: Hashable, Sendable {
        package let isSecure: Bool
        /// In small letters; an IPv6 address stands without its brackets.
        package let host: String
        package let port: Int

        /// The origin of a URL without a path, such as `http://127.0.0.1:9000`; nil when the text is none.
        package init?(_ text: String) {
            guard let url = WebURL(text), url.target == "/" else { return nil }
            self = url.origin
        }

        /// The host as a request names it: the port stands with it where it is not the scheme's own.
        ///
        /// Source: RFC 9110, section 7.2.
        var hostField: String {
            let name = host.contains(":") ? "[\(host)]" : host
            return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
        }

        fileprivate init(isSecure: Bool, host: String, port: Int) {
            self.isSecure = isSecure
            self.host = host
            self.port = port
        }
    }

    package let origin: Origin
    /// The path and the query, as they are sent.
    let target: String

    /// The longest URL that is read.
    static let lengthLimit = 8192

    /// A URL of its text; nil when it is none, or one of another scheme.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.lengthLimit, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains("\\"), let schemeEnd = text.firstIndex(of: ":"), text[schemeEnd...].hasPrefix("://")
        else { return nil }
        let isSecure: Bool
        switch text[..<schemeEnd].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let rest = text[text.index(schemeEnd, offsetBy: 3)...]
        let authorityEnd = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        guard let (host, port) = Self.hostAndPort(of: rest[..<authorityEnd]) else { return nil }
        origin = Origin(isSecure: isSecure, host: host, port: port ?? (isSecure ? 443 : 80))
        let target = rest[authorityEnd...].prefix { $0 != "#" }
        guard Self.isPlain(target) else { return nil }
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    private init(origin: Origin, target: String) {
        self.origin = origin
        self.target = target
    }

    /// Where a redirect from here leads; nil when its text is no reference to follow.
    func redirected(to location: String) -> WebURL? {
        if let url = WebURL(location) { return url }
        guard location.utf8.count <= Self.lengthLimit, location.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        if location.hasPrefix("//") { return WebURL((origin.isSecure ? "https:" : "http:") + location) }
        let reference = location.prefix { $0 != "#" }
        guard reference.hasPrefix("/"), Self.isPlain(reference) else { return nil }
        return WebURL(origin: origin, target: String(reference))
    }

    private static func hostAndPort(of authority: Substring) -> (host: String, port: Int?)? {
        var host = authority
        var port: Int?
        let portStart = authority.hasSuffix("]") ? nil : authority.lastIndex(of: ":")
        if let portStart {
            let digits = authority[authority.index(after: portStart)...]
            guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
                (1...65_535).contains(number)
            else { return nil }
            host = authority[..<portStart]
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let literal = host.dropFirst().dropLast()
            guard let address = IPAddress(String(literal)), address.isVersion6 else { return nil }
            return (literal.lowercased(), port)
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.first != ".", host.first != "-" else { return nil }
        let isName = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isName ? (host.lowercased(), port) : nil
    }

    /// Whether a path and query hold nothing that readers escape, or take for an end.
    private static func isPlain(_ target: Substring) -> Bool {
        !target.contains { "\"<>^`{|}".contains($0) }
    }
}
