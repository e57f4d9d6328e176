import OpenAIProtocol
import Testing
import TestSupport

struct MultipartFormTests {
    /// A form with a text and a picture, as `httpx` writes it.
    private static let form = [
        "--edge", "Content-Disposition: form-data; name=\"model\"", "", "painter", "--edge",
        "Content-Disposition: form-data; name=\"image\"; filename=\"a \\\"b\\\".png\"", "Content-Type: image/png", "",
        "\r--edg\r\n--ed", "--edge--", "",
    ].joined(separator: "\r\n")

    private func read(
        _ body: String, _ contentType: String = "multipart/form-data; boundary=edge"
    ) throws -> MultipartForm? {
        try MultipartForm(Array(body.utf8), contentType: contentType)
    }

    @Test(arguments: [
        "multipart/form-data; boundary=edge", "Multipart/Form-Data;charset=utf-8; BOUNDARY=\"edge\" ; x",
    ])
    func `parts keep their names, types and bytes`(contentType: String) throws {
        let parts = try #require(try read(Self.form, contentType)).parts
        #expect(parts.map(\.name) == ["model", "image"])
        #expect(parts.map(\.text) == ["painter", "\r--edg\r\n--ed"])
        #expect(parts.map(\.fileName) == [nil, "a \"b\".png"])
        #expect(parts.map(\.contentType) == [nil, "image/png"])
    }

    @Test func `what stands before the first boundary and behind the last is no part`() throws {
        let parts = try read("preamble\r\n" + Self.form + "epilogue\r\n--edge")?.parts
        #expect(parts?.map(\.name) == ["model", "image"])
        #expect(try read("--edge--")?.parts.isEmpty == true)
        let empty = "--edge\r\ncontent-disposition: form-data; name=a\r\n\r\n\r\n--edge--"
        #expect(try read(empty)?.parts.map(\.text) == [""])
    }

    @Test(arguments: ["application/json", "", "multipart/mixed; boundary=edge"])
    func `what does not call itself a form is none`(contentType: String) throws {
        #expect(try read(Self.form, contentType) == nil)
    }

    @Test(arguments: [
        ("", "boundary=edge"), ("--other--", "boundary=edge"), (form, "boundary=other"), (form, "charset=utf-8"),
        (form, "boundary=" + String(repeating: "x", count: 71)),
        ("--edge\r\n\r\nno name\r\n--edge--", "boundary=edge"), ("--edgecase\r\n\r\n", "boundary=edge"),
        ("--edge\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--edge--", "boundary=edge"),
        ("--edge\r\nContent-Disposition: form-data; name=a\r\n folded\r\n\r\n\r\n--edge--", "boundary=edge"),
        (
            "--edge\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "\r\n--edge--", "boundary=edge"
        ),
    ])
    func `what calls itself a form and is none is refused`(body: String, parameter: String) throws {
        let error = #expect(throws: MultipartForm.Fault.self) { try read(body, "multipart/form-data; " + parameter) }
        #expect(error?.reason.isEmpty == false)
    }

    @Test func `a form that ends anywhere too early is refused, never read further`() throws {
        let bytes = Array(Self.form.utf8)
        let end = Self.form.utf8.count - "--\r\n".utf8.count
        for count in 0..<end {
            #expect(throws: MultipartForm.Fault.self, "\(count)") {
                try MultipartForm(Array(bytes[..<count]), contentType: "multipart/form-data; boundary=edge")
            }
        }
    }

    @Test func `heads and parts have bounds`() throws {
        func part(_ name: String) -> String {
            "--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\r\n"
        }
        let most = String(repeating: part("a"), count: MultipartForm.partLimit)
        #expect(try read(most + "--edge--")?.parts.count == MultipartForm.partLimit)
        #expect(throws: MultipartForm.Fault.self) { try read(most + part("a") + "--edge--") }
        let long = String(repeating: "x", count: MultipartForm.headLimitInBytes)
        #expect(throws: MultipartForm.Fault.self) { try read(part(long) + "--edge--") }
    }

    @Test func `what is written is read again, whatever the bytes`() throws {
        // The bytes that a boundary is made of come up often, so that they are met in every order.
        let bytes = Array("\r\n--edg".utf8) + [0, 255]
        var generator = SeededGenerator(seed: 20_261_121)
        for _ in 0..<500 {
            let contents = (0..<3).map { _ in
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)]
                }
            }
            var body: [UInt8] = []
            for content in contents {
                body += Array("--edgy\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + content
                body += Array("\r\n".utf8)
            }
            body += Array("--edgy--".utf8)
            let form = try MultipartForm(body, contentType: "multipart/form-data; boundary=edgy")
            #expect(form?.parts.map { Array($0.bytes) } == contents, "\(body)")
        }
    }

    @Test func `whatever is done to a form, it is read or refused`() {
        let bait = Array("\r\n-:;=\"edgx".utf8) + [0, 255]
        var generator = SeededGenerator(seed: 20_261_121)
        for _ in 0..<2000 {
            var bytes = Array(Self.form.utf8)
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let byte = bait[Int.random(in: 0..<bait.count, using: &generator)]
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = byte
                case 1: bytes.insert(byte, at: place)
                default: bytes.remove(at: place)
                }
            }
            let parts = try? MultipartForm(bytes, contentType: "multipart/form-data; boundary=edge")?.parts
            for part in parts ?? [] {
                #expect(part.bytes.startIndex >= 0 && part.bytes.endIndex <= bytes.count, "\(bytes)")
            }
        }
    }

    @Test func `a body full of line breaks and nearly boundaries takes no time`() throws {
        let bait = String(repeating: "\r\n--edg\r", count: 200_000)
        let body = "--edge\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n\(bait)\r\n--edge--"
        let start = ContinuousClock.now
        #expect(try read(body)?.parts.first?.bytes.count == bait.utf8.count)
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
