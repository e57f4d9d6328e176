import ChatEvents
import PoeProtocol
import Testing

struct PoeChatAdapterTests {
    @Test func `roles become turns and the system text`() {
        var call = PoeMessage(role: .bot, content: #"[{"id":"1"}]"#)
        call.messageType = "function_call"
        let request = request(for: [
            PoeMessage(role: .system, content: "Be brief."), PoeMessage(role: .user, content: "Hi"),
            PoeMessage(role: .bot, content: "Hello"), PoeMessage(role: .system, content: "Be kind."), call,
            PoeMessage(role: .tool, content: "[42]"), PoeMessage(role: .other("moderator"), content: "hidden"),
            PoeMessage(role: .user, content: "Bye"),
        ])
        #expect(request.system == "Be brief.\n\nBe kind.")
        #expect(
            request.messages == [
                ChatMessage(role: .user, text: "Hi"), ChatMessage(role: .assistant, text: "Hello"),
                ChatMessage(role: .assistant, text: #"[{"id":"1"}]"#),
                ChatMessage(role: .user, text: "Result of a tool call:\n\n[42]"),
                ChatMessage(role: .user, text: "Bye"),
            ])
    }

    @Test(arguments: ["", " \n\t", "\u{A0}\u{2028}"])
    func `messages without visible text are left out`(blank: String) {
        let roles: [PoeRole] = [.system, .user, .bot, .tool]
        let request = request(for: roles.map { PoeMessage(role: $0, content: blank) })
        #expect(request == ChatRequest(messages: []))
    }

    @Test func `hints become sampling`() {
        var query = PoeQuery(messages: [])
        query.temperature = 0.2
        query.stopSequences = ["END", ""]
        let adapter = PoeChatAdapter(expandsTextAttachments: true, enablesImageComprehension: true)
        #expect(adapter.chatRequest(for: query).sampling == Sampling(temperature: 0.2, stopSequences: ["END"]))
    }

    @Test(arguments: [
        ("text/plain", "Content of the attached file a.txt:\n\nTEXT"),
        ("application/pdf; v=1", "Content of the attached file a.txt:\n\nTEXT"),
        ("TEXT/HTML; charset=utf-8", "Content of the web page a.txt:\n\nTEXT"),
        ("application/vnd.ms-excel", "Content of the attached file a.txt:\n\nTEXT"),
    ])
    func `text that Poe found stands before the message`(type: String, text: String) {
        let message = PoeMessage(role: .user, content: "Sum it up", attachments: [attachment(type, parsed: "TEXT")])
        #expect(
            request(for: [message]).messages == [
                ChatMessage(role: .user, text: text), ChatMessage(role: .user, text: "Sum it up"),
            ])
        #expect(request(for: [message], text: false).messages[0].text.hasPrefix("[Attached file: a.txt ("))
    }

    @Test(arguments: [("cat.jpg***A cat *** on a mat\n", "cat.jpg", "A cat *** on a mat"), ("A dog", "a.txt", "A dog")])
    func `the description of an image is passed on as what the model sees`(parsed: String, name: String, sight: String)
    {
        let message = PoeMessage(role: .user, content: "What?", attachments: [attachment("image/jpeg", parsed: parsed)])
        let messages = request(for: [message]).messages
        #expect(messages.count == 2)
        #expect(
            messages[0].text == """
                The image \(name) is attached. This is what it shows:

                <image_description>
                \(sight)
                </image_description>

                Use the description as if you saw the image yourself, without mentioning it, and answer in the \
                language of the user.
                """)
        #expect(
            request(for: [message], images: false).messages[0].text
                == "[Attached file: a.txt (image/jpeg). Its content cannot be read here.]")
    }

    @Test func `what cannot be passed on leaves a note with its name and type on one line`() {
        let hostile = PoeAttachment(
            url: "https://x", contentType: "audio/\nmpeg", name: "a\r\n\u{2028}b" + String(repeating: "c", count: 900))
        let unnamed = PoeAttachment(url: "", contentType: "", name: "\n", parsedContent: " ")
        let message = PoeMessage(role: .user, content: "", attachments: [hostile, unnamed])
        let texts = request(for: [message]).messages.map(\.text)
        #expect(
            texts == [
                "[Attached file: a   b\(String(repeating: "c", count: 195)) (audio/ mpeg). Its content cannot be read here.]",
                "[Attached file: without a name (unknown type). Its content cannot be read here.]",
            ])
    }

    @Test func `attachments of earlier turns count and those of an answer follow it`() {
        let file = attachment("text/plain", parsed: "TEXT")
        let request = request(for: [
            PoeMessage(role: .user, content: "first", attachments: [file]),
            PoeMessage(role: .bot, content: "answer", attachments: [file]),
            PoeMessage(role: .user, content: "second"),
        ])
        #expect(request.messages.map(\.role) == [.user, .user, .assistant, .user, .user])
        #expect(request.messages[3].text == "Content of the attached file a.txt:\n\nTEXT")
    }

    private func attachment(_ type: String, parsed: String?) -> PoeAttachment {
        PoeAttachment(url: "https://x/a", contentType: type, name: "a.txt", parsedContent: parsed)
    }

    private func request(for messages: [PoeMessage], text: Bool = true, images: Bool = true) -> ChatRequest {
        PoeChatAdapter(expandsTextAttachments: text, enablesImageComprehension: images)
            .chatRequest(for: PoeQuery(messages: messages))
    }
}
