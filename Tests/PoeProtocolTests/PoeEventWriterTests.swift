import JSONCoding
import PoeProtocol
import ServerSentEvents
import Testing

struct PoeEventWriterTests {
    @Test func `a whole answer is written byte for byte`() {
        var writer = PoeEventWriter()
        writer.meta()
        writer.ping()
        writer.text("Kath\"mandu\"\n")
        writer.replaceResponse("Pokhara")
        writer.suggestedReply("Why?")
        writer.done()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == #"""
                event: meta
                data: {"content_type":"text/markdown","suggested_replies":false}

                : ping

                event: text
                data: {"text":"Kath\"mandu\"\n"}

                event: replace_response
                data: {"text":"Pokhara"}

                event: suggested_reply
                data: {"text":"Why?"}

                event: done
                data: {}


                """#)
        #expect(!writer.take().isEmpty)
        #expect(writer.isEmpty)
    }

    @Test func `files, data and structures are written with every key`() {
        var writer = PoeEventWriter()
        writer.meta(contentType: "text/plain", suggestedReplies: true, refetchSettings: true)
        writer.file(url: "https://x/y", contentType: "image/png", name: "a.png", inlineReference: "abc")
        writer.file(url: "https://x/z", contentType: "image/png", name: "b.png")
        writer.data(metadata: "{\"a\":1}")
        writer.json(["a": ["b": "c\nd"]])
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == #"""
                event: meta
                data: {"content_type":"text/plain","suggested_replies":true,"refetch_settings":true}

                event: file
                data: {"url":"https://x/y","content_type":"image/png","name":"a.png","inline_ref":"abc"}

                event: file
                data: {"url":"https://x/z","content_type":"image/png","name":"b.png","inline_ref":null}

                event: data
                data: {"metadata":"{\"a\":1}"}

                event: json
                data: {"a":{"b":"c\nd"}}


                """#)
    }

    @Test func `an error says whether it may be tried again and of which kind it is`() {
        var writer = PoeEventWriter()
        writer.error("Too busy.", allowsRetry: true)
        writer.error("Too long.", allowsRetry: false, type: .userMessageTooLong)
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == #"""
                event: error
                data: {"allow_retry":true,"text":"Too busy."}

                event: error
                data: {"allow_retry":false,"text":"Too long.","error_type":"user_message_too_long"}


                """#)
    }

    @Test func `the kinds of errors are the four that Poe knows`() {
        #expect(
            PoeErrorType.allCases.map(\.rawValue) == [
                "user_message_too_long", "insufficient_fund", "user_caused_error", "privacy_authorization_error",
            ])
    }

    @Test(arguments: [
        "", "plain", "\n\nevent: done\ndata: {}\n\n", "\r\n\r", "\u{2028}\u{2029}\u{85}", "\u{0}\u{1F}\u{7F}", "\\\"/",
        "é😀\u{FFFD}\u{FEFF}", "data: x", ": ping", "\u{2027}\u{202A}\u{84}\u{86}",
    ])
    func `no text breaks out of its event`(text: String) throws {
        var writer = PoeEventWriter()
        writer.meta(contentType: text, suggestedReplies: true)
        writer.text(text)
        writer.replaceResponse(text)
        writer.suggestedReply(text)
        writer.error(text, allowsRetry: false, type: .userCausedError)
        writer.done()
        let bytes = writer.bytes
        let written = String(decoding: bytes, as: UTF8.self).unicodeScalars
        #expect(!written.contains { ["\u{85}", "\u{2028}", "\u{2029}", "\r"].contains($0) })
        #expect(
            try events(in: bytes) == [
                .meta(PoeMeta(contentType: text, suggestedReplies: true)), .text(text), .replaceResponse(text),
                .suggestedReply(text),
                .error(PoeErrorEvent(allowsRetry: false, text: text, errorType: "user_caused_error")), .done,
            ])
    }

    private func events(in bytes: [UInt8]) throws -> [PoeEvent] {
        var parser = ServerSentEventParser()
        var events: [PoeEvent] = []
        for byte in bytes {
            parser.append(CollectionOfOne(byte))
            while let event = try parser.next() {
                events.append(try PoeEvent.decode(name: event.name, data: event.data))
            }
        }
        return events
    }
}
