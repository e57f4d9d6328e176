import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One request for a file, to an address that has been checked.
struct FileExchange: Sendable {
    /// What a server answers.
    enum Reply: Sendable {
        case file([UInt8], contentType: String?)
        /// Ask there; the text of the `Location` field.
        case redirect(String)
    }

    let eventLoops: any EventLoopGroup

    private static let largestReserve = 1 << 20

    /// Asks for a file.
    ///
    /// The client is made for this one request, because what its host name stands for is a setting of the client: the
    /// name goes into the TLS handshake and the request, the connection to the address and nowhere else. A look-up of
    /// the name by the client could give another address than the one that was checked.
    ///
    /// - Throws: ``AttachmentError``, `CancellationError`.
    func get(_ url: WebURL, at address: IPAddress, limits: FetchLimits) async throws -> Reply {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [url.origin.host: address.description]
        let client = HTTPClient(eventLoopGroupProvider: .shared(eventLoops), configuration: configuration)
        let reply: Result<Reply, any Error>
        do { reply = .success(try await get(url, over: client, limits: limits)) } catch { reply = .failure(error) }
        // The connection is of no more use, and an error in closing it none of the file's.
        try? await client.shutdown()
        return try reply.get()
    }

    private func get(_ url: WebURL, over client: HTTPClient, limits: FetchLimits) async throws -> Reply {
        var request = HTTPClientRequest(url: url.text)
        request.headers.add(name: "accept", value: "*/*")
        request.headers.add(name: "accept-encoding", value: "identity")
        request.headers.add(name: "user-agent", value: "botctl")
        let host = url.origin.host
        do {
            let response = try await client.execute(request, timeout: TimeAmount(limits.timeout))
            switch response.status.code {
            case 200: return try await read(response, from: host, limitInBytes: limits.sizeInBytes)
            case 301, 302, 303, 307, 308:
                guard let location = response.headers.first(name: "location") else {
                    throw AttachmentError(.badRedirect, "\(host) redirects to nowhere")
                }
                return .redirect(location)
            case let status: throw AttachmentError(.refused, "\(host) answered \(status)")
            }
        } catch let error as AttachmentError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw AttachmentError(.unreachable, "no file from \(host): \(error)")
        }
    }

    private func read(
        _ response: HTTPClientResponse, from host: String, limitInBytes limit: Int
    ) async throws -> Reply {
        let tooLarge = AttachmentError(.tooLarge, "the file of \(host) has more than \(limit) bytes")
        let announced = response.headers.first(name: "content-length").flatMap { Int($0) }
        if let announced, announced > limit { throw tooLarge }
        var bytes: [UInt8] = []
        // A stranger's word is no reason to set more aside than that.
        bytes.reserveCapacity(min(announced ?? 0, Self.largestReserve))
        for try await buffer in response.body {
            guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return .file(bytes, contentType: response.headers.first(name: "content-type"))
    }
}
