import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServiceConnections

/// One request for a file, to an address that has been checked.
///
/// The connection goes to the address and nowhere else; the name of the host only goes into the TLS handshake and the
/// request. A client that looked the name up itself could get another address than the one that was checked.
struct FileExchange: Sendable {
    /// What a server answers.
    enum Reply: Sendable {
        case file([UInt8], contentType: String?)
        /// Ask there; the text of the `Location` field.
        case redirect(String)
    }

    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// How long a server may take to accept a connection.
    private static let connectTimeout = Duration.seconds(10)
    private static let largestReserve = 1 << 20

    private let eventLoops: any EventLoopGroup
    private let encryption: ClientEncryption

    /// An exchange.
    ///
    /// - Parameters:
    ///   - eventLoops: Where its connections live.
    ///   - tls: Which certificates are trusted.
    init(eventLoops: any EventLoopGroup, tls: TLSConfiguration) {
        self.eventLoops = eventLoops
        encryption = ClientEncryption(tls)
    }

    /// Asks for a file.
    ///
    /// - Throws: ``AttachmentError``, `CancellationError`.
    func get(_ url: WebURL, at address: IPAddress, limits: FetchLimits) async throws -> Reply {
        do {
            let connection = try await connect(to: url.origin, at: address, within: limits.timeout)
            return try await connection.executeThenClose { inbound, outbound in
                try await outbound.write(.head(Self.head(of: url)))
                try await outbound.write(.end(nil))
                return try await read(inbound, from: url.origin.host, limitInBytes: limits.sizeInBytes)
            }
        } catch let error as AttachmentError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw AttachmentError(.unreachable, "no file from \(url.origin.host): \(error)")
        }
    }

    private static func head(of url: WebURL) -> HTTPRequestHead {
        HTTPRequestHead(
            version: .http1_1, method: .GET, uri: url.target,
            headers: [
                "host": url.origin.hostField, "accept": "*/*", "accept-encoding": "identity", "user-agent": "botctl",
                "connection": "close",
            ])
    }

    private func connect(
        to origin: WebURL.Origin, at address: IPAddress, within limit: Duration
    ) async throws -> Connection {
        if origin.isSecure { try encryption.prepare() }
        let attempt = ConnectionAttempt()
        return try await withTaskCancellationHandler {
            try await ClientBootstrap(group: eventLoops)
                .connectTimeout(TimeAmount(min(limit, Self.connectTimeout)))
                .connect(to: SocketAddress(ipAddress: address.description, port: origin.port)) { channel in
                    attempt.begin(on: channel)
                    return channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if origin.isSecure { try pipeline.addHandler(encryption.handler(for: origin.host)) }
                        try pipeline.addHTTPClientHandlers()
                        return try Connection(wrappingChannelSynchronously: channel)
                    }
                }
        } onCancel: {
            attempt.cancel()
        }
    }

    private func read(
        _ parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, from host: String, limitInBytes limit: Int
    ) async throws -> Reply {
        let tooLarge = AttachmentError(.tooLarge, "the file of \(host) has more than \(limit) bytes")
        var contentType: String?
        var bytes: [UInt8] = []
        for try await part in parts {
            switch part {
            case .head(let head):
                if let redirect = try Self.redirect(by: head, from: host) { return redirect }
                contentType = head.headers.first(name: "content-type")
                guard let announced = head.headers.first(name: "content-length").flatMap({ Int($0) }) else { continue }
                if announced > limit { throw tooLarge }
                // A stranger's word is no reason to set more aside than that.
                bytes.reserveCapacity(min(announced, Self.largestReserve))
            case .body(let buffer):
                guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
                bytes.append(contentsOf: buffer.readableBytesView)
            case .end: return .file(bytes, contentType: contentType)
            }
        }
        try Task.checkCancellation()
        throw AttachmentError(.unreachable, "\(host) closed the connection before the file was whole")
    }

    /// Where an answer leads; nil for one with a file.
    private static func redirect(by head: HTTPResponseHead, from host: String) throws(AttachmentError) -> Reply? {
        switch head.status.code {
        case 200: return nil
        case 301, 302, 303, 307, 308:
            guard let location = head.headers.first(name: "location") else {
                throw AttachmentError(.badRedirect, "\(host) redirects to nowhere")
            }
            return .redirect(location)
        case let status: throw AttachmentError(.refused, "\(host) answered \(status)")
        }
    }
}
