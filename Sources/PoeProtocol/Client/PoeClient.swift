package import AsyncHTTPClient
import JSONCoding
import NIOCore
import NIOHTTP1
package import Secrets

/// Calls a bot as Poe does.
package struct PoeClient: Sendable {
    /// How much of an unexpected body an error message tells.
    private static let excerptLimitInBytes = 4096

    let http: HTTPClient
    private let limits: PoeClientLimits
    private let requiresMeta: Bool

    /// A client.
    ///
    /// - Parameters:
    ///   - http: What sends the requests, best made with ``httpConfiguration``; the caller shuts it down.
    ///   - limits: Bounds on what a bot may send.
    ///   - requiresMeta: Whether an answer without `meta` is a fault, as of our own bots it is; the protocol allows it.
    package init(http: HTTPClient, limits: PoeClientLimits = PoeClientLimits(), requiresMeta: Bool = true) {
        self.http = http
        self.limits = limits
        self.requiresMeta = requiresMeta
    }

    /// A configuration that fits the protocol.
    ///
    /// No redirects: Poe's own client follows none, and they would carry the access key elsewhere. A connection that
    /// is refused is an answer, not a reason to try again until a timeout.
    package static var httpConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Asks a bot and hands out its answer as it arrives.
    ///
    /// - Parameters:
    ///   - query: What is asked.
    ///   - url: The bot's URL.
    ///   - accessKey: The bot's access key.
    ///   - timeouts: How long to wait.
    ///   - onEvent: Takes each event, `done` included, and the time at which its bytes arrived. What it throws ends the
    ///     request and is thrown on.
    /// - Returns: How the answer ended; also when the bot said by an `error` event that it failed.
    /// - Throws: ``PoeClientError``, `CancellationError`, or what `onEvent` throws.
    package func stream(
        _ query: PoeQuery, to url: String, accessKey: Secret, timeouts: PoeClientTimeouts = PoeClientTimeouts(),
        onEvent: (PoeEvent, ContinuousClock.Instant) async throws -> Void
    ) async throws -> PoeAnswer {
        let request = try request(query.json, to: url, accessKey: accessKey, accepting: "text/event-stream")
        let exchange = PoeExchange(http: http, timeouts: timeouts, byteLimit: limits.bytes)
        return try await exchange.run(request) { parts in
            var parts = parts.makeAsyncIterator()
            let head = try await Self.head(of: &parts, expecting: "text/event-stream")
            do {
                var reader = PoeAnswerReader(limits: limits, requiresMeta: requiresMeta)
                while !reader.isDone, let (buffer, arrival) = try await Self.nextBuffer(of: &parts) {
                    reader.append(buffer)
                    while let event = try reader.next() { try await onEvent(event, arrival) }
                }
                try Task.checkCancellation()
                try reader.finish()
                return PoeAnswer(
                    failure: reader.failure, eventCount: reader.eventCount, requestID: head.requestID,
                    botDigest: head.botDigest
                )
            } catch let error as PoeClientError {
                throw error.with(head)
            }
        }
    }

    /// Asks a bot for its settings.
    ///
    /// - Parameters:
    ///   - url: The bot's URL.
    ///   - accessKey: The bot's access key.
    ///   - timeouts: How long to wait.
    /// - Returns: The settings.
    /// - Throws: ``PoeClientError`` or `CancellationError`.
    package func settings(
        of url: String, accessKey: Secret, timeouts: PoeClientTimeouts = PoeClientTimeouts()
    ) async throws -> PoeSettingsAnswer {
        let body: JSONValue = ["version": .string(PoeQuery.protocolVersion), "type": "settings"]
        let request = try request(body, to: url, accessKey: accessKey, accepting: "application/json")
        let exchange = PoeExchange(http: http, timeouts: timeouts, byteLimit: limits.settingsBytes)
        return try await exchange.run(request) { parts in
            var parts = parts.makeAsyncIterator()
            let head = try await Self.head(of: &parts, expecting: "application/json")
            do {
                var bytes: [UInt8] = []
                while let (buffer, _) = try await Self.nextBuffer(of: &parts) {
                    bytes += buffer.readableBytesView
                }
                try Task.checkCancellation()
                return PoeSettingsAnswer(
                    settings: try Self.settings(in: bytes), requestID: head.requestID, botDigest: head.botDigest
                )
            } catch let error as PoeClientError {
                throw error.with(head)
            }
        }
    }

    private func request(
        _ body: JSONValue, to url: String, accessKey: Secret, accepting type: String
    ) throws(PoeClientError) -> HTTPClientRequest {
        // The HTTP client would name the header's value in its error.
        guard accessKey.count > 0, accessKey.isPrintableASCII else {
            throw PoeClientError(.invalidTarget, "the access key is empty, or holds what no HTTP header can")
        }
        guard ClearTextReach(url: url) != .open else {
            throw PoeClientError(
                .invalidTarget,
                "the URL is not encrypted, and whoever is on the way could read the access key: "
                    + "write https://")
        }
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = [
            "accept": type, "authorization": "Bearer \(accessKey.reveal())", "cache-control": "no-store",
            "content-type": "application/json",
        ]
        request.body = .bytes(ByteBuffer(bytes: body.encoded()))
        return request
    }

    private static func settings(in bytes: [UInt8]) throws(PoeClientError) -> JSONObject {
        do {
            let value = try JSONParser.parse(bytes)
            guard let settings = value.object else {
                throw PoeClientError(
                    .protocolFault, "the settings must be a JSON object, not \(value.typeDescription)"
                )
            }
            return settings
        } catch let error as PoeClientError {
            throw error
        } catch {
            throw PoeClientError(.protocolFault, "the settings are no JSON: \(error)", cause: error)
        }
    }
}

// MARK: - Parts

extension PoeClient {
    /// The head of an answer, once it is the one that the protocol wants.
    private static func head(
        of parts: inout PoeExchange.Parts.Iterator, expecting type: String
    ) async throws -> PoeExchange.Head {
        guard case .head(let head)? = try await parts.next(isolation: #isolation) else {
            try Task.checkCancellation()
            throw PoeClientError(.unreachable, "no answer")
        }
        guard head.status == 200 else {
            let excerpt = await excerpt(of: &parts)
            throw PoeClientError(.refused, "status \(head.status)\(excerpt)").with(head)
        }
        guard head.contentType == type else {
            let found = head.contentType.asLabel(orElse: "none")
            throw PoeClientError(.protocolFault, "the content type must be \(type), not \(found)").with(head)
        }
        return head
    }

    private static func nextBuffer(
        of parts: inout PoeExchange.Parts.Iterator
    ) async throws -> (ByteBuffer, ContinuousClock.Instant)? {
        guard case .body(let buffer, let arrival)? = try await parts.next(isolation: #isolation) else { return nil }
        return (buffer, arrival)
    }

    /// The start of a body for an error message; an error while it is read only ends it.
    private static func excerpt(of parts: inout PoeExchange.Parts.Iterator) async -> String {
        var bytes: [UInt8] = []
        while bytes.count < excerptLimitInBytes, let (buffer, _) = try? await nextBuffer(of: &parts) {
            bytes += buffer.readableBytesView.prefix(excerptLimitInBytes - bytes.count)
        }
        let text = String(decoding: bytes, as: UTF8.self).asLabel(orElse: "")
        return text.isEmpty ? "" : ": \(text)"
    }
}
