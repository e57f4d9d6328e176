/// A host, or all hosts below a domain.
package struct HostPattern: Hashable, Sendable {
    private let name: String
    private let takesSubdomains: Bool

    /// A pattern of its text: `files.example.com`, or `*.example.com` for every host below that domain.
    package init(_ text: String) {
        let text = text.lowercased()
        takesSubdomains = text.hasPrefix("*.")
        name = takesSubdomains ? String(text.dropFirst(2)) : text
    }

    /// Whether a host, in small letters, is meant.
    func matches(_ host: String) -> Bool {
        takesSubdomains ? host.hasSuffix("." + name) : host == name
    }
}
