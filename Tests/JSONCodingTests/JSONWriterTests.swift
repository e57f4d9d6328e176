import Foundation
import JSONCoding
import Testing
import TestSupport

struct JSONWriterTests {
    @Test func `strings escape only what they must`() {
        let escapes = [
            "\u{8}": #"\b"#, "\t": #"\t"#, "\n": #"\n"#, "\u{C}": #"\f"#, "\r": #"\r"#, "\"": #"\""#, "\\": #"\\"#,
        ]
        for scalar in (0..<0x100).compactMap(Unicode.Scalar.init) {
            let text = String(Character(scalar))
            let expected = escapes[text] ?? (scalar.value < 0x20 ? String(format: "\\u%04x", scalar.value) : text)
            #expect(JSONValue.string(text).text() == "\"\(expected)\"")
        }
        #expect(JSONValue.string("a\"b\\c\u{1F}d/é🙂\u{2028}").text() == "\"a\\\"b\\\\c\\u001fd/é🙂\u{2028}\"")
    }

    @Test(arguments: [
        ("\u{85}", #"\u0085"#), ("\u{2028}", #"\u2028"#), ("\u{2029}", #"\u2029"#),
        ("a\u{2028}\u{2029}\u{85}b\n", #"a\u2028\u2029\u0085b\n"#), ("\u{84}\u{86}é\u{2027}\u{202A}€\u{20A8}", nil),
    ])
    func `line separators are escaped where that is wanted`(text: String, escaped: String?) throws {
        var writer = JSONWriter()
        writer.escapesLineSeparators = true
        writer.write(["k": .string(text)])
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\"k\":\"\(escaped ?? text)\"}")
        #expect(try JSONParser.parse(writer.bytes)["k"]?.string == text)
    }

    private let sample: JSONValue = ["b": [1, "x", [], [:]], "a": ["é": .null, "z": true, "Z": false]]

    @Test func `layouts differ in order and white space only`() throws {
        #expect(sample.text() == #"{"b":[1,"x",[],{}],"a":{"é":null,"z":true,"Z":false}}"#)
        #expect(sample.text(.canonical) == #"{"a":{"Z":false,"z":true,"é":null},"b":[1,"x",[],{}]}"#)
        #expect(
            sample.text(.indented) == """
                {
                  "b": [
                    1,
                    "x",
                    [],
                    {}
                  ],
                  "a": {
                    "é": null,
                    "z": true,
                    "Z": false
                  }
                }
                """)
        for layout in [JSONWriter.Layout.compact, .indented] {
            #expect(try JSONParser.parse(sample.encoded(layout)) == sample)
        }
    }

    @Test func `canonical names are sorted by their UTF-8 bytes`() throws {
        let names = ["", "a", "B", "aa", "é", "\u{FFFD}", "🙂", "a\u{0}", "10", "9", "_"]
        let object = JSONObject(names.map { ($0, .null) })
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(object.sortedByName().map(\.name) == sorted)
        // UTF-16 order would put the emoji before U+FFFD.
        #expect(sorted.last == "🙂")
        for _ in 0..<20 {
            let shuffled = JSONValue.object(JSONObject(names.shuffled().map { ($0, .null) }))
            #expect(shuffled.encoded(.canonical) == JSONValue.object(object).encoded(.canonical))
        }
    }

    @Test func `random values come back, also through Foundation`() throws {
        let seed: UInt64 = 0x5EED_0004
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let value = randomValue(depth: 4, using: &random)
            for layout in [JSONWriter.Layout.compact, .indented] {
                #expect(try JSONParser.parse(value.encoded(layout)) == value, "seed \(seed)")
            }
            let canonical = value.encoded(.canonical)
            #expect(try JSONParser.parse(canonical).encoded(.canonical) == canonical, "seed \(seed)")
            let theirs = try JSONSerialization.jsonObject(with: Data(canonical), options: [.fragmentsAllowed])
            #expect(matches(value, theirs), "seed \(seed)")
            let back = try JSONSerialization.data(withJSONObject: [theirs])
            let parsed = try #require(try JSONParser.parse(Array(back)).array?.first)
            #expect(matches(parsed, theirs), "seed \(seed)")
        }
    }

    private func randomValue(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int32.random(in: .min ... .max, using: &random))
        case 3: return JSONNumber(text: "\(Int.random(in: -99...99, using: &random)).5e1").map { .number($0) } ?? .null
        case 4: return .string(randomString(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in randomValue(depth: depth - 1, using: &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[randomString(using: &random)] = randomValue(depth: depth - 1, using: &random)
            }
            return .object(object)
        }
    }

    private func randomString(using random: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x1F9FF), using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
