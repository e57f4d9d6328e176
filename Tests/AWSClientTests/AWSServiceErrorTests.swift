import AWSClient
import JSONCoding
import NIOHTTP1
import Testing

struct AWSServiceErrorTests {
    @Test func `every published case names its error`() throws {
        let cases = try #require(try vectors("rest-json-errors.json")["cases"]?.array)
        #expect(cases.count == 12)
        for testCase in cases {
            let headers = testCase["headers"]?.object?.map { ($0.name, $0.value.string ?? "") } ?? []
            let error = AWSServiceError(
                status: try #require(testCase["status"]?.integer), headers: HTTPHeaders(headers),
                body: Array((testCase["body"]?.string ?? "").utf8))
            let name = Comment(rawValue: testCase["id"]?.string ?? "")
            #expect(error.code == testCase["expect"]?["code"]?.string, name)
            #expect(error.message == testCase["expect"]?["message"]?.string ?? "", name)
        }
    }

    private func error(_ body: String, _ headers: HTTPHeaders = [:]) -> AWSServiceError {
        AWSServiceError(status: 400, headers: headers, body: Array(body.utf8))
    }

    @Test func `the header comes before the body`() {
        let error = error(
            #"{"code": "Other", "__type": "Third", "message": "no"}"#,
            ["x-amzn-errortype": "ValidationException:http://internal.amazon.com/coral/", "X-Amzn-RequestId": "r-1"])
        #expect(error.code == "ValidationException")
        #expect(error.message == "no")
        #expect(error.requestID == "r-1")
    }

    @Test(arguments: [
        (#"{"Code": "A"}"#, "A"), (#"{"code": 7, "__type": "B"}"#, "B"), (#"{"code": "", "__type": "C"}"#, "C"),
        (#"{"code": "ns#"}"#, nil), (#"["code"]"#, nil), ("", nil), ("<html>", nil),
    ])
    func `the name is looked for until there is one`(body: String, code: String?) {
        #expect(error(body).code == code)
    }

    @Test func `a body that is no JSON is the message, cut`() {
        #expect(error("<html>\n<b>Bad Gateway</b>").message == "<html>")
        #expect(error(String(repeating: "x", count: 100_000)).message.count == 500)
    }

    @Test func `only the first line is kept, which never quotes the signed request`() {
        let body = """
            {"message": "The request signature does not match.\\n\\nThe Canonical String should have been\\n\
            x-amz-security-token:hush"}
            """
        #expect(error(body).message == "The request signature does not match.")
    }

    @Test func `control characters do not reach the log`() {
        #expect(error(#"{"message": "a\u001b[31mb\u0000c"}"#).message == "a[31mbc")
    }
}
