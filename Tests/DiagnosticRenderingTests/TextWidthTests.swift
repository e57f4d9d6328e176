import DiagnosticRendering
import Testing

struct TextWidthTests {
    @Test(arguments: [
        ("a", 1), ("ä", 1), ("a\u{308}", 1), ("日", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｱ", 1), ("Ａ", 2),
        ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🏳️‍🌈", 2), ("❤️", 2), ("❤", 1), ("☺︎", 1), ("👍\u{FE0E}", 1), ("1️⃣", 2),
        ("🇩🇪", 2), ("🇩", 1), ("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", 2), ("\u{200B}", 0),
        ("\u{FEFF}", 0), ("\u{AD}", 1), ("🏽", 2), ("क्", 1), ("\u{0600}", 1), ("é", 1), ("", 0), ("日本 x", 6),
    ])
    func `a text takes as many columns as a terminal gives it`(text: String, columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
    }
}
