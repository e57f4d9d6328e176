import ServerSentEvents
import Testing

struct ServerSentEventWriterTests {
    private func written(_ write: (inout ServerSentEventWriter) -> Void) -> String {
        var writer = ServerSentEventWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `an event is a name, its data and an empty line`() {
        #expect(
            written { $0.write(event: "text", data: Array(#"{"text":"Kath"}"#.utf8)) }
                == "event: text\ndata: {\"text\":\"Kath\"}\n\n")
        #expect(written { $0.write(event: "", data: []) } == "data: \n\n")
    }

    @Test func `a comment is no event`() {
        #expect(written { $0.write(comment: "ping") } == ": ping\n\n")
        #expect(written { $0.write(comment: "") } == ": \n\n")
    }

    @Test func `taking the bytes leaves an empty writer`() {
        var writer = ServerSentEventWriter(reserving: 64)
        #expect(writer.isEmpty)
        writer.write(event: "a", data: [0x31])
        writer.write(comment: "b")
        #expect(!writer.isEmpty)
        #expect(String(decoding: writer.takeBytes(), as: UTF8.self) == "event: a\ndata: 1\n\n: b\n\n")
        #expect(writer.isEmpty)
    }

    @Test(arguments: [
        ("a\nevent: done\n\ndata: x", "a\nevent: done\n\ndata: x"), ("a\rb", "a\nb"), ("a\r\nb", "a\nb"), ("\n", "\n"),
        ("\r\n\r\n", "\n\n"), ("a\r", "a\n"), (" a", " a"), ("\u{2028}\u{85}", "\u{2028}\u{85}"),
    ])
    func `line breaks in data stay data`(data: String, read: String) {
        let text = written { $0.write(event: "text", data: Array(data.utf8)) }
        #expect(!text.contains("\r"))
        #expect(ParsedStream(text).events == [ServerSentEvent(name: "text", data: read)])
    }

    @Test(arguments: ["x\ndata: forged\n\n", "x\r\rdata: forged", "\n"])
    func `line breaks in names and comments forge nothing`(text: String) {
        let event = ParsedStream(written { $0.write(event: text, data: [0x31]) })
        #expect(event.events.count == 1)
        #expect(event.events.first?.data == "1")
        let comment = ParsedStream(written { $0.write(comment: text) })
        #expect(comment.events.isEmpty)
        #expect(comment.commentCount > 0)
    }
}
