import Foundation
import JSONCoding
import Testing

struct Base64Tests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of the RFC hold both ways`(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        #expect(Base64.decode(String(encoded.prefix { $0 != "=" })) == Array(plain.utf8))
    }

    @Test(arguments: [0, 1, 2, 3, 255, 256, 4095, 65_537])
    func `any bytes are written as Foundation writes them, and come back`(count: Int) {
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
        let text = Base64.encode(bytes)
        #expect(text == Data(bytes).base64EncodedString())
        #expect(Base64.decode(text) == bytes)
    }

    @Test(arguments: ["Z", "Zg=", "Zg===", "=", "====", "Zm9v=", "Zm 9v", "Zm9v\n", "Zm9_", "Zm9-", "Zé==", "Z=g="])
    func `a text that is no base64 is none`(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
