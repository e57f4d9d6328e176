import Bedrock
package import ChatEvents
import OpenAIUpstream

/// The table of failures, for people: what an upstream's failure means, what the user reads, what happens next.
package struct FailureReference: Hashable, Sendable {
    /// Whose word it is: `Amazon Bedrock`, or `OpenAI-compatible`.
    package let upstream: String
    package let failure: UpstreamFailure
    /// What the user reads; a request's id follows it.
    package let userText: String
    /// Whether the user is told that the same request may work later.
    package let allowsRetry: Bool
    /// Whether nothing gets better until an operator acts.
    package let needsOperator: Bool
    /// Poe's word for whose fault it is; nil where Poe has none.
    package let poeErrorType: String?
    /// The HTTP status of the OpenAI-compatible API.
    package let openAIStatus: Int
    package let openAI: OpenAIErrorWords

    private init(_ failure: UpstreamFailure, of upstream: String) {
        let row = FailureRow(failure.kind)
        self.upstream = upstream
        self.failure = failure
        userText = row.text
        allowsRetry = row.allowsRetry
        needsOperator = row.needsOperator
        poeErrorType = row.fault.poeErrorType
        openAIStatus = row.statusCode
        openAI = row.openAI
    }

    /// All failures that upstreams name, upstream by upstream.
    package static let all =
        BedrockFailures.all.map { FailureReference($0, of: bedrock) }
        + OpenAIFailures.all.map { FailureReference($0, of: openAI) }

    private static let bedrock = "Amazon Bedrock"
    private static let openAI = "OpenAI-compatible"

    /// Finds a failure by its name; case and the ending "Exception" do not matter.
    package static func find(_ name: String) -> FailureReference? {
        BedrockFailures.named(name).map { FailureReference($0, of: bedrock) }
            ?? OpenAIFailures.named(name).map { FailureReference($0, of: openAI) }
    }
}

extension PresentedFailure.Fault {
    /// Source: Poe server-bot protocol, `error` event, `error_type`.
    fileprivate var poeErrorType: String? {
        switch self {
        case .messageTooLong: "user_message_too_long"
        case .user: "user_caused_error"
        case .funds: "insufficient_fund"
        case .service: nil
        }
    }
}

// MARK: - The page

extension FailureReference {
    /// The reference page of all failures.
    package static var markdown: String {
        """
        # Failures

        What can go wrong between a bot and its model, and who learns what of it. This page is made from the table that \
        the gateway uses; `botctl explain NAME` shows one line of it.

        Users read a fixed sentence with the id of their request. The upstream's own text, with the name, status and \
        request id that it gave, stands in the log line of the request, and nowhere else.

        ## What each kind of failure means

        | Kind | What the user reads | User may retry | Poe `error_type` | OpenAI status, `type`, `code` | Operator must act |
        |---|---|---|---|---|---|
        \(ChatFailure.Kind.allCases.map(line(of:)).joined(separator: "\n"))

        Where the gateway knows better what the user can do, the sentence says that: how long the conversation may be, \
        which files the model reads.

        ## What upstreams say

        A failure is tried again by its class while the user has seen nothing of an answer: *transient* soon, \
        *throttling* after a longer wait, *never* not at all. The text of a `ValidationException` can make another kind \
        of it: too long a conversation, a content policy, or a bot that is set up wrongly. A bot with \
        `model.failover_regions` goes on to the next region after `throttled`, `quotaExhausted`, `unavailable` and \
        `timedOut`.

        | Upstream | Name | Status | Tried again | Kind | What has happened |
        |---|---|---|---|---|---|
        \(all.map(\.line).joined(separator: "\n"))

        A failure without a known name, as a proxy on the way sends it, is judged by its status: 401, 403 and 407 are \
        `unauthorized`, 404 and 405 `misconfigured`, 408 and 504 `timedOut`, 413 `inputTooLong`, 424 `modelError`, 429 \
        `throttled`, other 4xx `invalidRequest`, the rest `unavailable`. A connection that cannot be made or breaks is \
        `unavailable`, an answer that does not begin in time `timedOut`; a stream that ends early or cannot be read, and \
        an answer that is malformed on a second try, too, is `modelError`.

        """
    }

    private static func line(of kind: ChatFailure.Kind) -> String {
        let row = FailureRow(kind)
        let words = [row.openAI.type, row.openAI.code].compactMap { $0.map { "`\($0)`" } }
        let openAI = (["\(row.statusCode)"] + words).joined(separator: ", ")
        return "| `\(kind.rawValue)` | \(row.text) | \(row.allowsRetry ? "yes" : "no") | "
            + "\(row.fault.poeErrorType.map { "`\($0)`" } ?? "-") | \(openAI) | \(row.needsOperator ? "yes" : "-") |"
    }

    private var line: String {
        "| \(upstream) | `\(failure.name)` | \(failure.status) | \(failure.retry.rawValue) | "
            + "`\(failure.kind.rawValue)` | \(failure.meaning) |"
    }
}
