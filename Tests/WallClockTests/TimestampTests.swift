import Testing
import WallClock

struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_440_938_160_000, "2015-08-30T12:36:00Z"), (4_107_542_399_000, "2100-02-28T23:59:59Z"),
            (-1000, "1969-12-31T23:59:59Z"), (-86_400_000, "1969-12-31T00:00:00Z"),
        ] as [(Int64, String)])
    func `a time has one text and is read back from it`(milliseconds: Int64, text: String) {
        let time = Timestamp(millisecondsSinceEpoch: milliseconds)
        #expect(time.iso8601 == text)
        #expect(Timestamp(iso8601: text) == time)
        #expect(Timestamp(iso8601: time.iso8601Basic) == time)
    }

    @Test func `fractions are read to the millisecond`() {
        #expect(Timestamp(iso8601: "1970-01-01T00:00:01.5Z")?.millisecondsSinceEpoch == 1500)
        #expect(Timestamp(iso8601: "1970-01-01T00:00:01.123456Z")?.millisecondsSinceEpoch == 1123)
    }

    @Test(arguments: [
        "", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z",
    ])
    func `what is no time is refused`(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }
}
