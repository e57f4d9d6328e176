import ChatEvents
import PoeProtocol
import Testing

struct QuotedThoughtsTests {
    @Test(arguments: [
        ("No thoughts.\n> A quotation", "No thoughts.\n> A quotation"),
        ("> **Thinking**\n>\n> hm\n> hm\n\nYes.\n\n> quoted", "Yes.\n\n> quoted"),
        ("One.\n\n> **Thinking**\n>\n> hm\n\n\nTwo.", "One.\n\nTwo."),
        ("> **Thinking**\n>\n> hm", ""), ("> **Thinking**\r\n> hm\r\n\r\nYes.", "Yes."),
        ("> **Thinking** is bold", "> **Thinking** is bold"), ("a > **Thinking**", "a > **Thinking**"), ("", ""),
    ])
    func `thoughts that were shown do not come back as the model's words`(answer: String, words: String) {
        #expect(QuotedThoughts.removed(from: answer) == words)
    }

    @Test func `an answer that was all thoughts is left out`() {
        let query = PoeQuery(messages: [
            PoeMessage(role: .user, content: "> **Thinking**\n> I quote"),
            PoeMessage(role: .bot, content: "> **Thinking**\n> hm"), PoeMessage(role: .user, content: "And?"),
        ])
        let adapter = PoeChatAdapter(expandsTextAttachments: true, enablesImageComprehension: true)
        #expect(
            adapter.chatRequest(for: query).messages == [
                ChatMessage(role: .user, text: "> **Thinking**\n> I quote"), ChatMessage(role: .user, text: "And?"),
            ])
    }
}
