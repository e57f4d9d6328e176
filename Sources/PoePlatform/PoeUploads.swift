package import AsyncHTTPClient
import JSONCoding
import NIOCore
import NIOHTTP1
package import Secrets

/// A file on its way to Poe, read in pieces while it is sent.
package struct UploadedFile: Sendable {
    /// The name that users see: letters, digits, `-`, `_` and `.`.
    package var name: String
    /// The MIME type.
    package var mediaType: String
    package var sizeInBytes: Int
    /// Reads a piece, all of it; throws when it cannot.
    package var read: @Sendable (Range<Int>) throws -> ArraySlice<UInt8>

    package init(
        name: String, mediaType: String, sizeInBytes: Int,
        read: @escaping @Sendable (Range<Int>) throws -> ArraySlice<UInt8>
    ) {
        self.name = name
        self.mediaType = mediaType
        self.sizeInBytes = sizeInBytes
        self.read = read
    }
}

/// Poe's place for files that bots make.
///
/// Source: Poe server-bot protocol, sending files.
package struct PoeUploads: Sendable {
    /// The largest file that is sent, in bytes; larger ones are not taken.
    package static let sizeLimitInBytes = 256 << 20

    /// How long Poe may take for one file: what the official package waits.
    private static let timeout: Duration = .seconds(120)
    /// How much of Poe's answer is read.
    private static let answerLimitInBytes = 65_536
    /// The longest URL of a file that is passed on.
    private static let urlLimitInBytes = 4096

    private let url: String
    private let exchange: PlatformExchange

    /// Poe's place for files.
    ///
    /// - Parameters:
    ///   - baseURL: What stands before the name of the call: `https://www.quora.com/poe_api`.
    ///   - http: What sends the requests; the caller shuts it down.
    /// - Throws: ``PoePlatformError`` with the code `invalidTarget` for a URL over which an access key would cross the
    ///   internet unencrypted.
    package init(baseURL: String, http: HTTPClient) throws(PoePlatformError) {
        url = try PoePlatform(baseURL: baseURL, http: http).baseURL + "/file_upload_3RD_PARTY_POST"
        exchange = PlatformExchange(http: http)
    }

    /// Sends a file; once.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - accessKey: The access key of the bot that made it.
    /// - Returns: The URL by which an answer shows it.
    /// - Throws: ``PoePlatformError``, `CancellationError`.
    package func send(_ file: UploadedFile, accessKey: Secret) async throws -> String {
        guard file.sizeInBytes <= Self.sizeLimitInBytes else {
            throw PoePlatformError(
                .invalidTarget, "the file has \(file.sizeInBytes) bytes, which is more than Poe takes")
        }
        guard accessKey.count > 0, accessKey.isPrintableASCII else {
            throw PoePlatformError(.invalidTarget, "the access key is empty, or holds what no HTTP header can")
        }
        let body = MultipartFile(file, boundary: Secret.random(count: 32).reveal())
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = [
            "accept": "*/*", "authorization": accessKey.reveal(),
            "content-type": "multipart/form-data; boundary=\(body.boundary)",
        ]
        request.body = .stream(body, length: .known(Int64(body.sizeInBytes)))
        let answer = try await exchange.answer(
            to: request, within: Self.timeout, byteLimit: Self.answerLimitInBytes)
        if let failure = answer.failure(hiding: accessKey) { throw failure }
        guard let link = (try? JSONParser.parse(answer.body))?["attachment_url"]?.string,
            link.hasPrefix("https://") || ClearTextReach(url: link) == .loopback,
            link.utf8.count <= Self.urlLimitInBytes, link.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw PoePlatformError(
                .protocolFault, "Poe's answer to an upload names no https URL of the file", status: 200)
        }
        return link
    }
}
