import Bedrock
package import ChatEvents
import OpenAIUpstream

/// The table of failures, for people: what an upstream's failure means, what the user reads, what happens next.
package struct FailureReference: Hashable, Sendable {
    /// Whose word it is: `Amazon Bedrock`, or `OpenAI-compatible`.
    package let upstream: String
    package let failure: UpstreamFailure
    /// What failures of its kind mean to each reader.
    package let kind: FailureKindReference

    private init(_ failure: UpstreamFailure, of upstream: String) {
        self.upstream = upstream
        self.failure = failure
        kind = FailureKindReference(failure.kind)
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

// MARK: - The page

extension FailureReference {
    /// The reference page of all failures.
    package static var markdown: String {
        """
        # Failures

        What can go wrong between a bot and its model, and who learns what of it. This page is made from the table that \
        the gateway uses; `botctl explain NAME` shows one line of it: of a kind, as logs \
        have it, or of an upstream's failure.

        Users read a fixed sentence with the id of their request. The upstream's own text, with the name, status and \
        request id that it gave, stands in the log line of the request, and nowhere else.

        ## What each kind of failure means

        | Kind | What has happened | What the user reads | User may retry | Poe `error_type` | OpenAI status, `type`, `code` | Operator must act |
        |---|---|---|---|---|---|---|
        \(FailureKindReference.all.map(\.line).joined(separator: "\n"))

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

    private var line: String {
        "| \(upstream) | `\(failure.name)` | \(failure.status) | \(failure.retry.rawValue) | "
            + "`\(failure.kind.rawValue)` | \(failure.meaning) |"
    }
}

extension FailureKindReference {
    fileprivate var line: String {
        let words = [openAI.type, openAI.code].compactMap { $0.map { "`\($0)`" } }
        let openAI = (["\(openAIStatus)"] + words).joined(separator: ", ")
        return "| `\(kind.rawValue)` | \(meaning) | \(userText) | \(allowsRetry ? "yes" : "no") | "
            + "\(poeErrorType.map { "`\($0)`" } ?? "-") | \(openAI) | \(needsOperator ? "yes" : "-") |"
    }
}
