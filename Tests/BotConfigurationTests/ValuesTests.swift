import BotConfiguration
import Testing

struct DecimalNumberTests {
    @Test(arguments: [
        ("0.70", "0.7"), ("1", "1"), ("+1.0", "1"), ("1e2", "100"), ("15e-1", "1.5"), ("-0.0", "0"), ("007", "7"),
        (".5", "0.5"), ("5.", "5"), ("1e-3", "0.001"), ("-12.340", "-12.34"),
    ])
    func `equal numbers have one text`(source: String, text: String) {
        #expect(DecimalNumber(source)?.text == text)
    }

    @Test(arguments: ["", ".", "-", "1e", "1e99", "0x1", "1 ", "nan", String(repeating: "1", count: 41)])
    func `what is no number is refused`(source: String) {
        #expect(DecimalNumber(source) == nil)
    }

    @Test func `numbers are ordered by value`() throws {
        let texts = ["-10", "-9.5", "-9", "0", "0.05", "0.5", "1", "1.5", "10"]
        let numbers = texts.compactMap { DecimalNumber($0) }
        #expect(numbers.reversed().sorted().map(\.text) == texts)
    }
}

struct DurationTextTests {
    @Test(arguments: [
        ("30s", 30_000), ("5m", 300_000), ("500ms", 500), ("1h", 3_600_000), ("1m30s", 90_000), ("0s", 0),
    ])
    func `a length of time is read and written back`(text: String, milliseconds: Int) {
        #expect(DurationText.milliseconds(of: text) == milliseconds)
        #expect(DurationText.text(ofMilliseconds: milliseconds) == text)
    }

    @Test(arguments: [
        "", "s", "30", "30 s", "-5s", "1.5s", "30s5m", "5s5s", "99999999999999999999s", "9999999999999999h",
    ])
    func `what is no length of time is refused`(text: String) {
        #expect(DurationText.milliseconds(of: text) == nil)
    }
}
