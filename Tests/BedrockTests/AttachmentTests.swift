import Bedrock
import ChatEvents
import JSONCoding
import Testing

/// What becomes of a conversation's files.
struct AttachmentTests {
    private func file(_ name: String, _ type: String, size: Int = 3) -> ChatEvents.Attachment {
        Attachment(name: name, mediaType: MediaType(type), bytes: Array(repeating: 0x61, count: size))
    }

    private func user(_ files: ChatEvents.Attachment..., text: String? = "Look") -> ChatMessage {
        ChatMessage(role: .user, content: files.map(ChatContent.attachment) + (text.map { [.text($0)] } ?? []))
    }

    /// The blocks of all turns as text, without the bytes of files.
    private func turns(
        _ messages: [ChatMessage], _ traits: AttachmentTraits = AttachmentTraits()
    ) throws(ChatFailure) -> [String] {
        let request = try ConverseRequest(
            ChatRequest(messages: messages), for: ConverseModelTraits(attachments: traits))
        return (request.body["messages"]?.array ?? []).flatMap { $0["content"]?.array ?? [] }.map { $0.text() }
    }

    @Test(arguments: [
        ("image/png", #"{"image":{"format":"png","source":{"bytes":"YWFh"}}}"#),
        ("image/jpeg", #"{"image":{"format":"jpeg","source":{"bytes":"YWFh"}}}"#),
        ("image/jpg", #"{"image":{"format":"jpeg","source":{"bytes":"YWFh"}}}"#),
        ("application/pdf", #"{"document":{"format":"pdf","name":"a file","source":{"bytes":"YWFh"}}}"#),
        ("text/markdown; charset=utf-8", #"{"document":{"format":"md","name":"a file","source":{"bytes":"YWFh"}}}"#),
        ("text/x-swift", #"{"document":{"format":"txt","name":"a file","source":{"bytes":"YWFh"}}}"#),
        ("application/json", #"{"document":{"format":"txt","name":"a file","source":{"bytes":"YWFh"}}}"#),
        ("video/3gpp", #"{"video":{"format":"three_gp","source":{"bytes":"YWFh"}}}"#),
        ("audio/mpeg", #"{"audio":{"format":"mp3","source":{"bytes":"YWFh"}}}"#),
    ])
    func `a file is the block of its media type`(type: String, block: String) throws {
        #expect(try turns([user(file("a_file.x", type))]) == [block, #"{"text":"Look"}"#])
    }

    @Test func `a document without a word gets one`() throws {
        let blocks = try turns([user(file("a.pdf", "application/pdf"), text: nil)])
        #expect(blocks.last == #"{"text":"See the attached document."}"#)
        #expect(try turns([user(file("a.png", "image/png"), text: nil)]).count == 1)
    }

    @Test(
        arguments: [
            (["report.pdf", "report.pdf", "Report.PDF"], ["report", "report-2", "Report-3"]),
            (["..//Ärger & so__on.pdf"], ["rger so on"]),
            (["…", "", "日本.pdf"], ["document", "document-2", "document-3"]),
            (["a-2.pdf", "a.pdf", "a.pdf"], ["a-2", "a", "a-3"]), (["x (1) [b].pdf"], ["x (1) [b]"]),
        ] as [([String], [String])])
    func `names of documents are clean, and no two the same`(names: [String], expected: [String]) throws {
        let message = ChatMessage(
            role: .user, content: names.map { .attachment(file($0, "application/pdf")) } + [.text("x")])
        let request = try ConverseRequest(ChatRequest(messages: [message]), for: ConverseModelTraits())
        let blocks = request.body["messages"]?.array?.first?["content"]?.array ?? []
        #expect(blocks.compactMap { $0["document"]?["name"]?.string } == expected)
    }

    @Test func `a very long name is cut`() throws {
        let name = String(repeating: "a", count: 500)
        let blocks = try turns([user(file(name, "application/pdf"))])
        let written = try JSONParser.parse(Array(blocks[0].utf8))["document"]?["name"]?.string
        #expect((1...200).contains(written?.count ?? 0))
    }

    // MARK: - What a model does not take

    private let blind = AttachmentTraits(takesImages: false, documents: .refused, takesVideo: false, takesAudio: false)

    @Test(arguments: ["image/png", "application/pdf", "video/mp4", "audio/mpeg", "application/zip", "image/bmp"])
    func `a new file that the model does not take fails, and the user learns which`(type: String) {
        let failure = #expect(throws: ChatFailure.self) { try turns([user(file("a.x", type))], blind) }
        #expect(failure?.kind == .invalidRequest)
        #expect(failure?.advice == .attachmentNotRead(name: "a.x", takes: ["plain text"]))
    }

    @Test func `in an earlier turn a note stands in its place`() throws {
        let messages = [user(file("a.png", "image/png")), .assistant("I cannot."), .user("Why?")]
        #expect(
            try turns(messages, blind) == [
                #"{"text":"[Attached file, not shown: a.png (image/png)]"}"#, #"{"text":"Look"}"#,
                #"{"text":"I cannot."}"#, #"{"text":"Why?"}"#,
            ])
    }

    @Test(arguments: [AttachmentTraits.Documents.untold, .refused])
    func `a text file goes in as text where documents may not`(documents: AttachmentTraits.Documents) throws {
        let blocks = try turns([user(file("a.csv", "text/csv"))], AttachmentTraits(documents: documents))
        #expect(blocks == [#"{"text":"a.csv:\n\naaa"}"#, #"{"text":"Look"}"#])
    }

    @Test func `a file of an answer is told in words`() throws {
        let answer = ChatMessage(role: .assistant, content: [.attachment(file("a.png", "image/png"))])
        #expect(
            try turns([.user("Draw"), answer, .user("More")])[1]
                == #"{"text":"[Attached file, not shown: a.png (image/png)]"}"#)
    }

    // MARK: - Limits

    @Test func `a file that is too large fails before anything is sent`() {
        let traits = AttachmentTraits(imageLimitInBytes: 10)
        let failure = #expect(throws: ChatFailure.self) {
            try turns([user(file("a.png", "image/png", size: 11))], traits)
        }
        #expect(failure?.advice == .attachmentTooLarge(name: "a.png", limit: 10))
    }

    @Test func `too many new files fail, of too many old ones the oldest go`() throws {
        let traits = AttachmentTraits(imageLimit: 2)
        let image = { (name: String) in file(name, "image/png") }
        let failure = #expect(throws: ChatFailure.self) {
            try turns([user(image("a"), image("b"), image("c"))], traits)
        }
        #expect(failure?.advice == .tooManyAttachments(sort: "images", limit: 2))

        let blocks = try turns([user(image("a"), image("b")), .assistant("ok"), user(image("c"))], traits)
        #expect(blocks.filter { $0.contains("\"image\"") }.count == 2)
        #expect(blocks[0] == #"{"text":"[Attached file, not shown: a (image/png)]"}"#)
    }
}
