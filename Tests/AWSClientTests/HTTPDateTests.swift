import AWSClient
import Testing
import WallClock

struct HTTPDateTests {
    @Test func `a date of HTTP is read`() {
        #expect(HTTPDate.timestamp("Sun, 06 Nov 1994 08:49:37 GMT") == Timestamp(iso8601: "1994-11-06T08:49:37Z"))
    }

    @Test(arguments: [
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Xxx 1994 08:49:37 GMT",
    ])
    func `anything else is none`(text: String) { #expect(HTTPDate.timestamp(text) == nil) }
}
