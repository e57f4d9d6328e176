import AWSClient
import NIOHTTP1
import Testing

struct XMLReaderTests {
    private func parse(_ text: String) throws -> XMLElement { try XMLReader.parse(Array(text.utf8)) }

    @Test func `what services answer is read`() throws {
        let root = try parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a comment -->
            <a:List xmlns:a='http://x' empty=""><Key>a&amp;b&lt;&#x4e2d;&#33;<![CDATA[<c>]]></Key><Empty/><Key>2</Key>
            </a:List>

            """)
        #expect(root.name == "List")
        #expect(root.all("Key").map(\.text) == ["a&b<中!<c>", "2"])
        #expect(root.text("Empty") == "")
        #expect(root.text("None") == nil)
    }

    @Test(arguments: [
        "", "x", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a b></a>", "<a b=c/>", "<a b='c/>", "<a>&nbsp;</a>",
        "<a>&#xD800;</a>", "<a>&amp</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a><!-- </a>",
        "<a><![CDATA[</a>",
        "<a></a", "</a>", "< a/>",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: XMLError.self) { try parse(text) }
    }

    @Test func `depth and number of elements are bounded`() throws {
        let open = String(repeating: "<a>", count: XMLReader.depthLimit)
        let close = String(repeating: "</a>", count: XMLReader.depthLimit)
        #expect(try parse(open + close).name == "a")
        #expect(throws: XMLError.self) { try parse("<a>\(open)\(close)</a>") }
        #expect(throws: XMLError.self) { try parse(String(repeating: "<a>", count: 1_000_000)) }
        let wide = String(repeating: "<b/>", count: XMLReader.elementLimit)
        #expect(throws: XMLError.self) { try parse("<a>\(wide)</a>") }
    }

    @Test(arguments: [
        "<Error><Code>NoSuchKey</Code><Message>gone</Message><RequestId>r</RequestId></Error>",
        """
        <ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>NoSuchKey</Code><Message>gone</Message></Error>
        <RequestId>r</RequestId></ErrorResponse>
        """,
    ])
    func `an error in XML is read`(body: String) {
        let error = AWSServiceError(status: 404, headers: [:], body: Array(body.utf8))
        #expect(error.code == "NoSuchKey")
        #expect(error.message == "gone")
        #expect(error.requestID == "r")
    }
}
