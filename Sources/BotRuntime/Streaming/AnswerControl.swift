package import ChatEvents
private import Synchronization

/// The handle by which somebody else ends an answer that is being given: a door whose client left, a gateway that
/// shuts down, a generation that is retired.
///
/// It may be used before the answer starts and after it ended; the first call that ends counts.
package final class AnswerControl: Sendable {
    private enum State {
        case idle
        case answering(AnswerMailbox)
        case ended(AnswerMailbox.End)
    }

    private let state = Mutex(State.idle)

    package init() {}

    /// Ends the answer with a failure that the user is told.
    ///
    /// What has arrived up to now is still written.
    package func end(with failure: ChatFailure) { end(.failed(failure)) }

    /// Ends the answer because nobody reads it any more: the upstream request is cancelled, nothing more is written.
    package func abandon() { end(.abandoned) }

    private func end(_ end: AnswerMailbox.End) {
        let mailbox: AnswerMailbox? = state.withLock { state in
            switch state {
            case .idle:
                state = .ended(end)
                return nil
            case .answering(let mailbox):
                state = .ended(end)
                return mailbox
            case .ended:
                return nil
            }
        }
        mailbox?.end(end)
    }

    /// Lets the control end what goes through a mailbox; at once when it has been used already.
    func attach(_ mailbox: AnswerMailbox) {
        let end: AnswerMailbox.End? = state.withLock { state in
            switch state {
            case .idle, .answering:
                state = .answering(mailbox)
                return nil
            case .ended(let end): return end
            }
        }
        if let end { mailbox.end(end) }
    }
}
