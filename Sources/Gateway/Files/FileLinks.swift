import BotRuntime
import ChatEvents
import HTTPTypes
import HummingbirdCore
import Logging

/// Makes the links of the files of one answer.
struct FileLinks: Sendable {
    private let files: any FileShelf
    private let base: String
    private let logger: Logger
    /// Brings files to Poe; nil where they are shown from here.
    var uploading: PoeFileUploading?

    /// Links for the answer to a request.
    ///
    /// - Parameters:
    ///   - files: Where files are kept.
    ///   - publicURL: Where the gateway is reached from outside; nil for the address that the request names. Whoever
    ///     names a wrong one gets wrong links, and nobody else does.
    ///   - request: The request.
    ///   - logger: Gets why a file could not be kept.
    init(files: any FileShelf, publicURL: String?, request: Request, logger: Logger) {
        self.files = files
        self.logger = logger
        if let publicURL {
            base = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
        } else {
            let isSecure = request.headers[.forwardedScheme]?.lowercased() == "https"
            base = (isSecure ? "https://" : "http://") + (Self.host(request) ?? "localhost")
        }
    }

    /// Keeps a file where Poe shows it from, or here, and gives its link.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - keepAlive: Called now and then while it is on its way to Poe.
    /// - Returns: The link; nil for a file that could not be kept.
    /// - Throws: What `keepAlive` throws.
    func link(to file: GeneratedFile, keepAlive: () async throws -> Void) async throws -> String? {
        if let url = try await uploading?.url(of: file, keepAlive: keepAlive) { return url }
        return await link(to: file)
    }

    /// Keeps a file here and gives its link; nil for a file that could not be kept.
    func link(to file: GeneratedFile) async -> String? {
        do {
            return base + (try await files.link(to: file))
        } catch {
            logger.error(
                "a bot's file cannot be kept",
                metadata: ["file.bytes": "\(file.sizeInBytes)", "error.detail": "\(error)"])
            return nil
        }
    }

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
