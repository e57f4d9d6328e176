import Bedrock
package import ChatEvents
import OpenAIUpstream

/// A line of the table of failures, for people: what a kind of failure means, and who learns what of it.
package struct FailureKindReference: Hashable, Sendable {
    /// The kind, as logs name it.
    package let kind: ChatFailure.Kind
    /// What has happened, for whoever runs the bot.
    package let meaning: String
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

    /// The line of a kind.
    package init(_ kind: ChatFailure.Kind) {
        let row = FailureRow(kind)
        self.kind = kind
        meaning = row.meaning
        userText = row.text
        allowsRetry = row.allowsRetry
        needsOperator = row.needsOperator
        poeErrorType = row.fault.poeErrorType
        openAIStatus = row.statusCode
        openAI = row.openAI
    }

    /// All kinds, in the order of the table.
    package static var all: [FailureKindReference] { ChatFailure.Kind.allCases.map(FailureKindReference.init) }

    /// Finds a kind by its name; case does not matter.
    package static func find(_ name: String) -> FailureKindReference? {
        ChatFailure.Kind.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
            .map(FailureKindReference.init)
    }

    /// What upstreams call such failures, each name once.
    package var upstreamNames: [String] {
        var seen: Set<String> = []
        return (BedrockFailures.all + OpenAIFailures.all).filter { $0.kind == kind }.map(\.name)
            .filter { seen.insert($0).inserted }
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
