import AsyncHTTPClient
import JSONCoding
import NIOCore
import NIOHTTP1
package import Secrets
import ServerSentEvents

/// What Poe decides on a cost.
package enum CostVerdict: Hashable, Sendable {
    /// It is reserved, or charged.
    case accepted
    /// The user lacks the means, or does not agree; with Poe's own word.
    case insufficientFunds(String)
}

/// What is to be paid for an answer.
package struct CostItem: Hashable, Sendable {
    /// In thousandths of a US cent: a hundred thousand are a dollar.
    package var milliCents: Int
    /// What it is paid for.
    package var description: String

    package init(milliCents: Int, description: String) {
        self.milliCents = milliCents
        self.description = description
    }

    var json: JSONValue {
        ["amount_usd_milli_cents": .integer(milliCents), "description": .string(description)]
    }
}

extension PoePlatform {
    /// What is asked of Poe about a cost.
    package enum CostRequest: String, Hashable, Sendable {
        /// Reserve it, before anything is spent.
        case authorize
        /// Charge it.
        case capture
    }

    /// The longest id of a query that is put into a URL; Poe's own have 34 characters.
    private static let queryIDLimit = 128
    /// How much of Poe's answer on a cost is read.
    private static let verdictLimitInBytes = 65_536

    /// Asks Poe to reserve or to charge what an answer costs; once, as a second call could charge twice.
    ///
    /// Source: Poe server-bot protocol, costs.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - item: The cost.
    ///   - queryID: Poe's id of the call of the bot: the query's `bot_query_id`.
    ///   - accessKey: The bot's access key, which Poe knows.
    ///   - limit: How long Poe may take.
    /// - Returns: What Poe decides.
    /// - Throws: ``PoePlatformError`` when Poe could not be asked; with the code `timedOut` or `unreachable` it is not
    ///   known whether the cost was charged. `CancellationError`.
    package func ask(
        _ request: CostRequest, of item: CostItem, for queryID: String, accessKey: Secret, within limit: Duration
    ) async throws -> CostVerdict {
        guard !queryID.isEmpty, queryID.utf8.count <= Self.queryIDLimit else {
            throw PoePlatformError(.invalidTarget, "the query has no id that a cost could belong to")
        }
        var call = HTTPClientRequest(
            url: "\(baseURL)/bot/cost/\(PathSegment.encoded(queryID))/\(request.rawValue)")
        call.method = .POST
        call.headers = [
            "accept": "text/event-stream", "cache-control": "no-store", "content-type": "application/json",
        ]
        let body: JSONValue = ["amounts": [item.json], "access_key": .string(accessKey.reveal())]
        call.body = .bytes(ByteBuffer(bytes: body.encoded()))
        let answer = try await exchange.answer(to: call, within: limit, byteLimit: Self.verdictLimitInBytes)
        var events = ServerSentEventParser(byteLimit: Self.verdictLimitInBytes)
        events.append(answer.body)
        guard answer.status == 200 else { throw Self.refusal(answer, events, hiding: accessKey) }
        while let event = try? events.next() {
            guard event.name == "result" else { continue }
            guard let status = (try? JSONParser.parse(Array(event.data.utf8)))?["status"]?.string else {
                throw PoePlatformError(.protocolFault, "Poe's answer on a cost has no status", status: 200)
            }
            let word = OneLine.text(of: Array(status.utf8), hiding: accessKey)
            return status == "success" ? .accepted : .insufficientFunds(word)
        }
        return .insufficientFunds("no result")
    }

    /// The error of an answer with another status: the messages of its events, else its text.
    private static func refusal(
        _ answer: PlatformExchange.Answer, _ events: ServerSentEventParser, hiding accessKey: Secret
    ) -> PoePlatformError {
        var events = events
        var words = ""
        while let event = try? events.next() {
            words += (try? JSONParser.parse(Array(event.data.utf8)))?["message"]?.string ?? ""
        }
        var told = answer
        if !words.isEmpty { told.body = Array(words.utf8) }
        return told.failure(hiding: accessKey) ?? PoePlatformError(.protocolFault, "status \(answer.status)")
    }
}
