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
        (.botUnavailable, false, .service), (.insufficientFunds, true, .funds), (.shuttingDown, true, .service),
        (.internalError, true, .service),
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

    @Test(arguments: [
        (
            UserAdvice.shortenConversation(estimate: 210_000, limit: 200_000),
            "This conversation is about 210000 tokens long, and this bot takes about 200000. Start a new chat, or send "
                + "less text or fewer files."
        ),
        (
            .shortenPrompt(limit: 10_000),
            "This prompt is too long: the model takes up to 10000 characters. Please shorten it."
        ),
        (
            .attachmentNotRead(name: "clip.mov", takes: ["PNG", "JPEG", "PDF"]),
            "This bot cannot read “clip.mov”. It reads PNG, JPEG and PDF."
        ),
        (
            .attachmentNotRead(name: "a\u{1B}[31m\u{202E}.mov", takes: []),
            "This bot cannot read files, so it cannot use “a[31m.mov”. Please send text only."
        ),
        (
            .attachmentTooLarge(name: "sky.png", limit: 3_750_000),
            "The file “sky.png” is too large: up to 3.7 MB are taken for each."
        ),
        (
            .tooManyAttachments(sort: "images", limit: 20),
            "There are too many images: the model takes up to 20 in one conversation."
        ),
        (.describePicture, "Please say in words what to make."),
        (.attachPicture, "This bot changes pictures. Please attach the one to work on, as PNG or JPEG."),
    ])
    func `advice says what to change, in place of the sentence for all`(advice: UserAdvice, text: String) {
        let presented = service.present(
            ChatFailure(.invalidRequest, detail: "upstream text", advice: advice), requestID: "request-1")
        #expect(presented.text == text + " (Request request-1)")
    }
}
