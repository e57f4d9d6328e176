import DiagnosticRendering
import Testing
import TestSupport

struct UnifiedDiffTests {
    private func diff(_ before: String, _ after: String) -> UnifiedDiff {
        UnifiedDiff(file: "bots.d/a.yaml", before: Array(before.utf8), after: Array(after.utf8))
    }

    @Test(arguments: [
        ("a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"), ("", "a\n", "@@ -0,0 +1 @@\n+a\n"), ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
        ("a\nb\n", "a\n", "@@ -1,2 +1 @@\n a\n-b\n"),
        ("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        ("a\nb", "c\nb", "@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n"),
        ("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nx\n5\n", "@@ -2,4 +2,5 @@\n 2\n 3\n 4\n+x\n 5\n"),
    ])
    func `a change is shown with the lines around it`(before: String, after: String, hunks: String) {
        #expect(diff(before, after).text == "--- bots.d/a.yaml\n+++ bots.d/a.yaml\n" + hunks)
    }

    @Test func `what is the same gives nothing`() {
        #expect(diff("a\nb\n", "a\nb\n").text == "")
        #expect(diff("", "").isEmpty)
    }

    @Test func `changes far apart stand in hunks of their own, near ones together`() {
        let lines = (1...20).map(String.init)
        var far = lines
        far[1] = "x"
        far[15] = "y"
        let text = diff(lines.joined(separator: "\n") + "\n", far.joined(separator: "\n") + "\n").text
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -1,5 +1,5 @@", "@@ -13,7 +13,7 @@"])
        var near = lines
        near[1] = "x"
        near[8] = "y"
        let together = diff(lines.joined(separator: "\n") + "\n", near.joined(separator: "\n") + "\n").text
        #expect(together.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ -1,12 +1,12 @@"])
    }

    @Test func `carriage returns are kept in the text and left out for eyes`() {
        let difference = diff("a\r\nb\r\n", "a\r\nc\u{1B}[31m\r\n")
        #expect(difference.text.hasSuffix("@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\u{1B}[31m\r\n"))
        let shown = difference.text(TextLayout(width: 80, usesColor: true))
        #expect(shown.hasSuffix(" a\n\u{1B}[31m-b\u{1B}[0m\n\u{1B}[32m+c\u{FFFD}[31m\u{1B}[0m\n"))
        #expect(shown.hasPrefix("\u{1B}[1m--- bots.d/a.yaml\u{1B}[0m\n"))
        #expect(difference.text(TextLayout(width: 80)).hasSuffix(" a\n-b\n+c\u{FFFD}[31m\n"))
    }

    @Test(arguments: UInt64(1)...20)
    func `the new version follows from the old one and the difference`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let pieces = ["a\n", "b\n", "c\n", "\n", "d\r\n"]
            func lines() -> [String] {
                (0..<Int.random(in: 0...25, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? ""
                }
            }
            let before = lines().joined()
            let after = Bool.random(using: &generator) ? lines().joined() : before.replacing("b\n", with: "x\n")
            #expect(patched(before, diff(before, after).text) == after)
        }
    }

    /// What `patch` would make of the old version.
    private func patched(_ before: String, _ difference: String) -> String {
        func split(_ text: String) -> [String] {
            var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String($0) ?? "" }
            if lines.last == "" { lines.removeLast() }
            return lines
        }
        let old = split(before)
        var new: [String] = []
        var position = 0
        for line in split(difference).dropFirst(2) {
            if line.hasPrefix("@@") {
                let start = line.dropFirst(4).prefix { $0 != " " }.split(separator: ",")
                let first = (Int(start[0]) ?? 0) - (start.count == 2 && start[1] == "0" ? 0 : 1)
                new += old[position..<first]
                position = first
            } else if line.hasPrefix("+") {
                new.append(String(line.dropFirst()))
            } else {
                if line.hasPrefix(" ") { new.append(String(line.dropFirst())) }
                position += 1
            }
        }
        new += old[position...]
        return new.map { $0 + "\n" }.joined()
    }
}
