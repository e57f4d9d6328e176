import Testing
import YAMLSource

struct YAMLScalarTests {
    @Test(
        arguments: [
            ("null", YAMLScalar.null), ("Null", .null), ("NULL", .null), ("~", .null), ("nULL", .string("nULL")),
            ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("tRUE", .string("tRUE")),
            ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
            ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("off", .string("off")),
            ("0", .integer("0")), ("12", .integer("12")), ("-3", .integer("-3")), ("+3", .integer("+3")),
            ("012", .integer("012")), ("0o17", .integer("0o17")), ("0x1F", .integer("0x1F")),
            ("0o8", .string("0o8")), ("0xG", .string("0xG")), ("0x", .string("0x")), ("-0x1", .string("-0x1")),
            ("1_000", .string("1_000")), ("12:30", .string("12:30")), ("+", .string("+")),
            ("0.5", .float("0.5")), (".5", .float(".5")), ("5.", .float("5.")), ("-.5", .float("-.5")),
            ("1e3", .float("1e3")), ("1.5E-3", .float("1.5E-3")), ("1.e2", .float("1.e2")), (".e2", .string(".e2")),
            ("1e", .string("1e")), ("1e+", .string("1e+")), (".", .string(".")), ("-.", .string("-.")),
            ("e5", .string("e5")), ("-e5", .string("-e5")), ("1.2.3", .string("1.2.3")), ("1.5x", .string("1.5x")),
            (".inf", .float(".inf")), ("-.Inf", .float("-.Inf")), ("+.INF", .float("+.INF")), (".nan", .float(".nan")),
            ("-.nan", .string("-.nan")), ("inf", .string("inf")), ("2024-01-01", .string("2024-01-01")),
            ("120s", .string("120s")), ("'12'", .string("12")), ("\"true\"", .string("true")), ("''", .string("")),
            ("|\n  12", .string("12\n")), ("!!str 12", .string("12")), ("!!int 12", .integer("12")),
            ("!!int \"12\"", .integer("12")), ("!!float 1", .float("1")), ("!!bool 'true'", .bool(true)),
            ("!!null ''", .null), ("! 12", .string("12")), ("&x ! 12", .string("12")), ("!!str", .string("")),
        ])
    func `a scalar means what the core schema says`(text: String, value: YAMLScalar) throws {
        let result = read("a: \(text)\n")
        #expect(result.diagnostics == [])
        #expect(try #require(result.document?.root?.value(forKey: "a")).resolved == value)
    }

    @Test(
        arguments: [
            ("yes", true), ("Yes", true), ("on", true), ("Y", true), ("no", false), ("OFF", false), ("n", false),
            ("'yes'", nil), ("yess", nil), ("true", nil), ("yEs", nil), ("!!str no", nil),
        ] as [(String, Bool?)])
    func `what YAML 1.1 took for a Boolean is known`(text: String, value: Bool?) throws {
        let node = try #require(read("a: \(text)\n").document?.root?.value(forKey: "a"))
        #expect(node.booleanInYAML11 == value)
        #expect(node.looksLikeBoolean11 == (value != nil))
    }

    @Test(
        arguments: [
            ("12", 12), ("-7", -7), ("+7", 7), ("0x1f", 31), ("0o17", 15), ("010", 10), ("9223372036854775808", nil),
            ("0xFFFFFFFFFFFFFFFFF", nil),
        ] as [(String, Int?)])
    func `an integer is read in its base`(text: String, value: Int?) {
        #expect(YAMLScalar.integer(text).integerValue == value)
    }

    @Test(
        arguments: [
            (YAMLScalar.integer("3"), 3), (.integer("0x10"), 16), (.float("0.25"), 0.25), (.float(".5"), 0.5),
            (.float("5."), 5), (.float("1.e2"), 100), (.float("+.inf"), .infinity), (.float("-.INF"), -.infinity),
            (.string("1"), nil), (.null, nil), (.bool(true), nil),
        ] as [(YAMLScalar, Double?)])
    func `a number is read as a fraction`(scalar: YAMLScalar, value: Double?) {
        #expect(scalar.doubleValue == value)
    }
}
