import ChatEvents
import HTTPTypes
import HummingbirdCore

/// Makes the links of the files of one answer.
struct FileLinks: Sendable {
    private let files: HostedFiles
    private let base: String

    /// Links for the answer to a request.
    ///
    /// - Parameters:
    ///   - files: Where files are kept.
    ///   - publicURL: Where the gateway is reached from outside; nil for the address that the request names. Whoever
    ///     names a wrong one gets wrong links, and nobody else does.
    ///   - request: The request.
    init(files: HostedFiles, publicURL: String?, request: Request) {
        self.files = files
        if let publicURL {
            base = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        } else {
            let isSecure = request.headers[.forwardedScheme]?.lowercased() == "https"
            base = (isSecure ? "https://" : "http://") + (Self.host(request) ?? "localhost")
        }
    }

    /// Keeps a file and gives its link; nil for a file that is too large to be kept.
    func link(to file: GeneratedFile) -> String? { files.keep(file).map { base + $0 } }

    /// The host and port that the request names, if they are such.
    private static func host(_ request: Request) -> String? {
        guard let authority = request.head.authority, !authority.isEmpty, authority.utf8.count <= 255,
            authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"/\\?#@\"<>".utf8.contains($0) })
        else { return nil }
        return authority
    }
}

extension HTTPField.Name {
    /// The scheme by which a proxy in front was reached.
    fileprivate static let forwardedScheme = known("x-forwarded-proto")
}
