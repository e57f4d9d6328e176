import Conversation
import PoeProtocol
import Testing

struct AnswerReaderTests {
    private static func parts(_ events: [PoeEvent]) -> [AnswerPart] {
        var reader = AnswerReader()
        return joined(events.flatMap { reader.parts(of: $0) } + reader.finish())
    }

    /// Neighbours of one sort as one.
    private static func joined(_ parts: [AnswerPart]) -> [AnswerPart] {
        parts.reduce(into: []) { joined, part in
            switch (joined.last, part) {
            case (.text(let first)?, .text(let second)): joined[joined.count - 1] = .text(first + second)
            case (.thought(let first)?, .thought(let second)): joined[joined.count - 1] = .thought(first + second)
            default: joined.append(part)
            }
        }
    }

    @Test func `text is shown as it comes`() {
        var reader = AnswerReader()
        #expect(reader.parts(of: .meta(PoeMeta())).isEmpty)
        #expect(reader.parts(of: .text("Hel")) == [.text("Hel")])
        #expect(reader.parts(of: .text("lo")) == [.text("lo")])
        #expect(reader.parts(of: .done).isEmpty)
        #expect(reader.message?.content == "Hello")
    }

    @Test func `what replaces nothing is a status until the answer begins`() {
        #expect(
            Self.parts([
                .replaceResponse("_Painting_"), .replaceResponse("_Painting, 3 s_"), .replaceResponse(""),
                .text("Here."), .done,
            ]) == [.status("_Painting_"), .status("_Painting, 3 s_"), .text("Here.")])
    }

    @Test func `what replaces nothing is the answer when nothing follows it`() {
        #expect(Self.parts([.replaceResponse("All of it."), .done]) == [.status("All of it."), .text("All of it.")])
        #expect(
            Self.parts([.replaceResponse("Half"), .text(" and half")]) == [.status("Half"), .text("Half and half")])
    }

    @Test func `a text that is replaced is withdrawn, also for the conversation`() {
        var reader = AnswerReader()
        let parts = [PoeEvent.text("Wrong."), .replaceResponse(""), .text("Right."), .done].flatMap {
            reader.parts(of: $0)
        }
        #expect(parts == [.text("Wrong."), .withdrawn, .text("Right.")])
        #expect(reader.message?.content == "Right.")
    }

    @Test(arguments: 1...12)
    func `quoted thoughts are told from the answer, however the text is cut`(size: Int) {
        let answer = "> **Thinking**\n>\n> Two and two\n> make four.\n\nFour.\n> a quotation\n"
        let pieces = stride(from: 0, to: answer.count, by: size).map { start in
            PoeEvent.text(String(answer.dropFirst(start).prefix(size)))
        }
        #expect(
            Self.parts(pieces + [.done]) == [
                .thought("> **Thinking**\n>\n> Two and two\n> make four.\n"), .text("\nFour.\n> a quotation\n"),
            ])
    }

    @Test func `an answer that stops within a heading is shown whole`() {
        #expect(Self.parts([.text("> **Think")]) == [.text("> **Think")])
    }

    @Test func `files, replies and what the bot keeps belong to the answer`() {
        var reader = AnswerReader()
        let file = PoeFile(url: "https://x/fox.png", contentType: "image/png", name: "fox.png", inlineReference: "f")
        let events: [PoeEvent] = [.text(""), .file(file), .suggestedReply("Another?"), .data(metadata: "m"), .done]
        #expect(events.flatMap { reader.parts(of: $0) } == [.file(file), .suggestedReply("Another?")])
        #expect(reader.message?.attachments.map(\.name) == ["fox.png"])
        #expect(reader.message?.metadata == "m")
    }

    @Test func `an answer without anything is no message`() {
        var reader = AnswerReader()
        _ = reader.parts(of: .error(PoeErrorEvent(allowsRetry: true, text: "no")))
        #expect(reader.message == nil)
    }
}
