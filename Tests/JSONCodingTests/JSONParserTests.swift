import Foundation
import JSONCoding
import Testing
import TestSupport

struct JSONParserTests {
    @Test(arguments: [
        (#""a\ud83d""#, "a\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\udc00\ud83d\ude00""#, "\u{FFFD}😀"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    ])
    func `half a surrogate pair becomes a replacement character where that is asked for`(
        text: String, value: String
    ) throws {
        let limits = JSONLimits(replacesLoneSurrogates: true)
        #expect(try JSONParser.parse(Array(text.utf8), limits: limits) == .string(value))
        #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    private func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONValue {
        try JSONParser.parse(Array(text.utf8), limits: limits)
    }

    @Test(
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("\t\r\nfalse\n", .bool(false)), ("\"\"", ""), ("[]", []),
            ("{}", [:]),
            ("[1,[2,{\"a\":null}]]", [1, [2, ["a": .null]]]), ("{ \"b\" : 1 , \"a\" : [ ] }", ["b": 1, "a": []]),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")), (#""\u0041\u00e9\u20AC\ud83d\uDE42""#, "Aé€🙂"),
            ("\"grüße 🙂 \u{2028}\u{7F}\"", "grüße 🙂 \u{2028}\u{7F}"), (#""\u0000""#, "\0"),
        ] as [(String, JSONValue)])
    func `a text has one value`(text: String, value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: [
        "0", "-0", "1", "-1", "10", "0.5", "-0.0", "1e5", "1E+5", "1.25e-7", "123456789012345678901234567890", "1e400",
    ])
    func `a number keeps its text`(text: String) throws {
        #expect(try parse(text).number?.text == text)
        #expect(try parse("[\(text)]").text() == "[\(text)]")
    }

    @Test(arguments: [
        ("", 0), (" ", 1), ("nul", 3), ("nulL", 3), ("True", 0), ("NaN", 0), ("Infinity", 0), ("-", 0), ("+1", 0),
        ("01", 0),
        ("-01", 0), ("1.", 0), (".5", 0), ("1e", 0), ("1e+", 0), ("1.e5", 0), ("0x10", 1), ("1 2", 2), ("[1,]", 3),
        ("[,1]", 1),
        ("[1 2]", 3), ("[1", 2), ("[", 1), ("]", 0), ("{", 1), ("{\"a\"", 4), ("{\"a\":", 5), ("{\"a\":1", 6),
        ("{\"a\":1,", 7),
        ("{\"a\":1,}", 7), ("{a:1}", 1), ("{'a':1}", 1), ("{1:1}", 1), ("{\"a\" 1}", 5), ("{\"a\":1 \"b\":2}", 7),
        ("\"", 1),
        ("\"a", 2), ("\"a\\", 3), ("\"\\x\"", 2), ("\"\\u12\"", 5), ("\"\\u12G4\"", 5), ("\"\u{1}\"", 1),
        ("\"a\nb\"", 2),
        ("\"\t\"", 1), ("// x\n1", 0), ("/**/1", 0), ("1//", 1), ("\u{FEFF}1", 0), ("'a'", 0), ("[1]]", 3),
        ("nullnull", 4),
    ])
    func `what is no JSON is refused where it stops being it`(text: String, offset: Int) throws {
        let error = try #require(throws: JSONError.self) { try parse(text) }
        #expect(error.offset == offset, "\(error)")
        #expect(!error.reason.isEmpty)
        #expect("\(error)".contains("byte \(offset)"))
    }

    @Test(arguments: [
        #""\ud83d""#, #""\ude42""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83d\ud83d""#, #""\ud83d\u0041""#,
        #""\ude42\ud83d""#, #""\ud83d\u""#, #""\ud83d\"#, #""\ud800\udbff""#,
    ])
    func `a lone surrogate is refused`(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test(
        arguments: [
            (#""\ud800\udc00""#, 0x10000), (#""\udbff\udfff""#, 0x10FFFF), (#""\uD7FF""#, 0xD7FF),
            (#""\uE000""#, 0xE000),
            (#""\uffff""#, 0xFFFF),
        ] as [(String, UInt32)])
    func `every scalar can be escaped`(text: String, scalar: UInt32) throws {
        #expect(try parse(text).string?.unicodeScalars.map(\.value) == [scalar])
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xFE],
        ] as [[UInt8]])
    func `a string that is no UTF-8 is refused`(bytes: [UInt8]) {
        for text in [[0x22] + bytes + [0x22], [0x22, 0x5C, 0x6E] + bytes + [0x22], bytes] {
            #expect(throws: JSONError.self) { try JSONParser.parse(text) }
        }
    }

    @Test func `depth is bounded`() throws {
        func nested(_ open: String, _ close: String, _ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            #expect(throws: Never.self) { try parse(nested(open, close, 64)) }
            #expect(throws: JSONError.self) { try parse(nested(open, close, 65)) }
            #expect(throws: Never.self) { try parse(nested(open, close, 3), limits: JSONLimits(depth: 3)) }
            #expect(throws: JSONError.self) { try parse(nested(open, close, 4), limits: JSONLimits(depth: 3)) }
        }
        #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `the number of values is bounded`() throws {
        let limits = JSONLimits(values: 4)
        #expect(throws: Never.self) { try parse("[1,2,3]", limits: limits) }
        #expect(throws: JSONError.self) { try parse("[1,2,3,4]", limits: limits) }
        #expect(throws: JSONError.self) { try parse("{\"a\":[1,2,3]}", limits: limits) }
    }

    @Test func `of members with one name the last counts`() throws {
        let value = try parse(#"{"a":1,"b":2,"a":3}"#)
        #expect(value["a"] == 3)
        #expect(value.object?.count == 3)
    }

    @Test(arguments: [
        "{\"a\":[1,2.5e3,-0,true,false,null,\"x\\n\\u00e9🙂\"],\"b\":{\"c\":{},\"d\":[]}}", "[[],[[]],{}]",
        "\"\\u2028\"",
        "  [ 1 , 2 ]  ", "123", "\"\"",
    ])
    func `mutated texts never crash, and Foundation agrees on which are JSON`(text: String) throws {
        let seed: UInt64 = 0x5EED_0003
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]\",:\\u0123eE+-.tfn \n\u{1}".utf8) + [0x80, 0xC3, 0xED]
        for _ in 0..<2000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let byte = alphabet[Int.random(in: alphabet.indices, using: &random)]
                let index = bytes.isEmpty ? 0 : Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0 where !bytes.isEmpty: bytes[index] = byte
                case 1 where !bytes.isEmpty: bytes.remove(at: index)
                default: bytes.insert(byte, at: index)
                }
            }
            let ours = try? JSONParser.parse(bytes)
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
            let shown = String(decoding: bytes, as: UTF8.self).debugDescription
            if let ours {
                #expect(try JSONParser.parse(ours.encoded()) == ours, "seed \(seed): \(shown)")
                let theirs = try #require(theirs, "seed \(seed): \(shown)")
                #expect(matches(ours, theirs), "seed \(seed): \(shown)")
            } else if theirs != nil {
                // The one thing that this peer takes and RFC 8259 does not is a comma behind the last element.
                let solid = bytes.filter { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
                #expect(String(decoding: solid, as: UTF8.self).contains(",]"), "seed \(seed): \(shown)")
            }
        }
    }
}

/// Whether two readers understood the same, numbers as binary fractions.
func matches(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch ours {
    case .null: return theirs is NSNull
    case .bool(let value): return (theirs as? NSNumber)?.boolValue == value
    case .number(let value): return (theirs as? NSNumber)?.doubleValue == value.double
    case .string(let value): return (theirs as? String).map { Array($0.utf8) == Array(value.utf8) } ?? false
    case .array(let elements):
        guard let theirs = theirs as? [Any], theirs.count == elements.count else { return false }
        return zip(elements, theirs).allSatisfy(matches)
    case .object(let object):
        guard let theirs = theirs as? [String: Any], Set(object.map(\.name)).count == theirs.count else { return false }
        return object.allSatisfy { member in
            guard let value = object[member.name], let theirs = theirs[member.name] else { return false }
            // Which of two members with one name counts is the reader's choice.
            return object.filter { $0.name == member.name }.count > 1 || matches(value, theirs)
        }
    }
}
