import BotRuntime
import ChatEvents
import Testing

struct ErrorServiceTests {
    private let service = ErrorService()

    @Test(arguments: ChatFailure.Kind.allCases)
    func `the user reads a sentence and the request's id, never the detail`(kind: ChatFailure.Kind) {
        let detail = "arn:aws:iam::123456789012:role/bot AKIAIOSFODNN7EXAMPLE"
        let presented = service.present(ChatFailure(kind, detail: detail), requestID: "request-1")
        #expect(presented.text.hasSuffix("(Request request-1)"))
        #expect(!presented.text.contains("arn:"))
        #expect(!presented.text.contains("123456789012"))
        #expect(!presented.text.contains("AKIA"))
        #expect(presented.failure.detail == detail)
        #expect((400..<600).contains(presented.statusCode))
    }

    @Test(arguments: [
        (ChatFailure.Kind.throttled, true, PresentedFailure.Fault.service), (.quotaExhausted, false, .service),
        (.unavailable, true, .service), (.timedOut, true, .service), (.inputTooLong, false, .messageTooLong),
        (.invalidRequest, false, .user), (.contentFiltered, false, .user), (.unauthorized, false, .service),
        (.misconfigured, false, .service), (.modelError, true, .service), (.overloaded, true, .service),
        (.botUnavailable, false, .service), (.shuttingDown, true, .service), (.internalError, true, .service),
    ])
    func `a retry is allowed where it can help`(
        kind: ChatFailure.Kind, allowsRetry: Bool, fault: PresentedFailure.Fault
    ) {
        let presented = service.present(ChatFailure(kind, detail: ""), requestID: "request-1")
        #expect(presented.allowsRetry == allowsRetry)
        #expect(presented.fault == fault)
    }

    @Test(arguments: [ChatFailure.Kind.unauthorized, .misconfigured, .quotaExhausted, .internalError])
    func `what only an operator can mend says so`(kind: ChatFailure.Kind) {
        #expect(service.present(ChatFailure(kind, detail: ""), requestID: "r").needsOperator)
    }

    @Test func `an unknown error is a fault of our own, with its text in the log only`() {
        struct Surprise: Error, CustomStringConvertible { var description: String { "secret stack" } }
        let presented = service.present(Surprise(), requestID: "request-1")
        #expect(presented.failure.kind == .internalError)
        #expect(presented.failure.detail == "secret stack")
        #expect(!presented.text.contains("stack"))
    }

    @Test func `a conversation that is too long gets numbers to act on`() {
        let presented = service.present(TokenBudgetExceeded(estimate: 210_000, limit: 200_000), requestID: "request-1")
        #expect(presented.failure.kind == .inputTooLong)
        #expect(presented.fault == .messageTooLong)
        #expect(presented.text.contains("210000"))
        #expect(presented.text.contains("200000"))
    }
}
