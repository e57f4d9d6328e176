import JSONCoding
import Testing

struct JSONValueTests {
    @Test(arguments: [
        ("0", true), ("-0", true), ("1.50", true), ("-1e-9", true), ("1E+9", true), ("", false), ("+1", false),
        ("01", false),
        ("1.", false), (".1", false), ("1e", false), (" 1", false), ("1 ", false), ("1x", false), ("NaN", false),
        ("0x1", false),
        ("-", false), ("--1", false), ("1-1", false), ("1e5.0", false), ("１", false), ("1\0", false),
    ])
    func `a number is made of a JSON number only`(text: String, isValid: Bool) {
        #expect((JSONNumber(text: text) != nil) == isValid)
    }

    @Test(
        arguments: [
            ("42", 42, 42.0), ("-7", -7, -7.0), ("1.5", nil, 1.5), ("1e2", nil, 100.0),
            ("9223372036854775807", .max, 0x1p63),
            ("9223372036854775808", nil, 0x1p63), ("1e400", nil, nil),
        ] as [(String, Int?, Double?)])
    func `a number is read as what it fits`(text: String, integer: Int?, double: Double?) {
        #expect(JSONNumber(text: text)?.integer == integer)
        #expect(JSONNumber(text: text)?.double == double)
    }

    @Test func `a value is read as its own type only`() {
        let values: [JSONValue] = [.null, true, 1, "s", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false])
        #expect(values.map { $0.bool != nil } == [false, true, false, false, false, false])
        #expect(values.map { $0.integer != nil } == [false, false, true, false, false, false])
        #expect(values.map { $0.string != nil } == [false, false, false, true, false, false])
        #expect(values.map { $0.array != nil } == [false, false, false, false, true, false])
        #expect(values.map { $0["a"] != nil } == [false, false, false, false, false, true])
        #expect(Set(values.map(\.typeDescription)).count == values.count)
    }

    @Test func `members keep their order through changes`() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["c"] = 3
        object["b"] = 4
        #expect(object.map(\.name) == ["b", "a", "c"])
        #expect(object["b"] == 4)
        object["a"] = nil
        object["missing"] = nil
        #expect(object.map(\.name) == ["b", "c"])
        object.append("b", 5)
        #expect(object["b"] == 5)
        object["b"] = nil
        #expect(object.map(\.name) == ["c"])
        #expect(!object.isEmpty)
    }
}
