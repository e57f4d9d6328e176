import Diagnostics
import Testing
import YAMLSource

@Suite(.timeLimit(.minutes(1)))
struct YAMLLimitsTests {
    /// Reads a hostile text and requires that it took no more than a moment.
    private func readQuickly(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLParseResult {
        var result = read("")
        let time = ContinuousClock().measure { result = read(text, limits: limits) }
        #expect(time < .seconds(10))
        return result
    }

    @Test(arguments: [
        HostileText("open brackets") { String(repeating: "[", count: 10_000) },
        HostileText("open brackets on lines of their own") { String(repeating: "[\n", count: 10_000) },
        HostileText("open braces") { String(repeating: "{a: ", count: 10_000) },
        HostileText("dashes") { String(repeating: "- ", count: 10_000) },
        HostileText("question marks") { String(repeating: "? ", count: 10_000) },
        HostileText("half a million brackets") { String(repeating: "[", count: 500_000) },
        HostileText("balanced brackets") {
            String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        },
        HostileText("ever deeper keys") { (0..<1000).map { String(repeating: " ", count: $0) + "a:\n" }.joined() },
    ])
    func `deep nesting ends at the bound`(hostile: HostileText) throws {
        let result = readQuickly(hostile.text())
        #expect(result.document == nil)
        #expect(try #require(result.diagnostics.last).code == .nestedTooDeep)
    }

    @Test func `the bound of depth is exact`() {
        let limits = YAMLLimits(depth: 3)
        #expect(read("[[[1]]]", limits: limits).diagnostics == [])
        #expect(read("[[[[1]]]]", limits: limits).diagnostics.map { short($0.location) } == ["1:4+1"])
        #expect(read("a: &x [[1]]\nb: *x\n", limits: limits).diagnostics == [])
        #expect(read("a: &x [[1]]\nb: [*x]\n", limits: limits).diagnostics.map(\.code) == [.nestedTooDeep])
    }

    @Test func `the bound of values is exact`() {
        let limits = YAMLLimits(nodes: 4)
        #expect(read("[1, 2, 3]", limits: limits).diagnostics == [])
        let diagnostics = read("[1, 2, 3, 4]", limits: limits).diagnostics
        #expect(diagnostics.map(\.code) == [.tooManyNodes])
        #expect(diagnostics.map { short($0.location) } == ["1:11+1"])
    }

    @Test func `the bound of bytes is exact`() {
        #expect(read("a: 1", limits: YAMLLimits(bytes: 4)).diagnostics == [])
        let result = read("a: 12", limits: YAMLLimits(bytes: 4))
        #expect(result.document == nil)
        #expect(result.diagnostics.map(\.code) == [.fileTooLarge])
        #expect(result.diagnostics.first?.file == "bot.yaml")
    }

    @Test func `the bound of aliases is exact`() {
        // Root, anchored list of three, and two aliases that stand for four values each.
        let text = "[&x [1, 2, 3], *x, *x]"
        #expect(read(text, limits: YAMLLimits(aliasExpansion: 13)).diagnostics == [])
        let diagnostics = read(text, limits: YAMLLimits(aliasExpansion: 12)).diagnostics
        #expect(diagnostics.map(\.code) == [.aliasExpansion])
        #expect(diagnostics.map { short($0.location) } == ["1:20+2"])
    }

    @Test func `a bomb of aliases does not go off`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<50 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let result = readQuickly(text)
        #expect(result.document == nil)
        #expect(result.diagnostics.map(\.code) == [.aliasExpansion])
    }

    @Test func `aliases that add up to great depth end at the bound`() {
        var text = "a0: &a0 [x]\n"
        for level in 1..<100 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        let result = readQuickly(text)
        #expect(result.diagnostics.map(\.code) == [.nestedTooDeep])
    }

    @Test func `many problems are counted, not all kept`() throws {
        let result = readQuickly(String(repeating: "a: *x\n", count: 20_000))
        #expect(result.diagnostics.count == YAMLDocument.diagnosticLimit)
        #expect(try #require(result.diagnostics.last).notes.last?.message.contains("left out") == true)
    }

    @Test(arguments: [
        HostileText("tag directives") { "%YAML 1.2\n" + String(repeating: "%TAG !a! b\n", count: 10_000) + "---\n" },
        HostileText("tag directives of a second document") {
            "a: 1\n...\n" + (0..<50_000).map { "%TAG !a\($0)! b\n" }.joined() + "---\n"
        },
        HostileText("escaped line breaks") { "a: \"" + String(repeating: "\\\n", count: 300_000) },
        HostileText("one long word") { String(repeating: "a", count: 1_000_000) },
        HostileText("one long key") { String(repeating: "a", count: 1_000_000) + ": 1\n" },
        HostileText("blank lines") { String(repeating: " \n", count: 500_000) },
        HostileText("comments") { String(repeating: "# x\n", count: 250_000) },
        HostileText("one plain text over many lines") { "a: " + String(repeating: "b\n  ", count: 250_000) },
        HostileText("single quotes") { String(repeating: "'", count: 1_000_000) },
        HostileText("anchors") { String(repeating: "&a ", count: 300_000) },
        HostileText("keys of keys") { String(repeating: "a: ", count: 300_000) },
        HostileText("ninety thousand keys") { (0..<90_000).map { "k\($0):\n" }.joined() },
        HostileText("equal keys") { String(repeating: "k: 1\n", count: 45_000) },
        HostileText("ninety thousand entries") { "[" + String(repeating: "a,", count: 90_000) + "]" },
        HostileText("anchors of their own") { (0..<45_000).map { "- &a\($0) x\n" }.joined() },
        HostileText("tags") { String(repeating: "- !x y\n", count: 45_000) },
        HostileText("wide characters on one line") { "a: [" + String(repeating: "*漢, ", count: 100_000) + "]" },
    ])
    func `a hostile text takes no more than a moment`(hostile: HostileText) {
        let text = hostile.text()
        let result = readQuickly(text)
        for diagnostic in result.diagnostics {
            #expect(diagnostic.location.map { $0.excerpt.utf8.count < 3000 } ?? true)
        }
    }

    @Test func `aliases of a long text end at the bound`() {
        let limits = YAMLLimits(expandedBytes: 10)
        #expect(read("[&x abcd, *x]", limits: limits).diagnostics == [])
        let diagnostics = read("[&x [ab, cd], *x, *x]", limits: limits).diagnostics
        #expect(diagnostics.map(\.code) == [.aliasExpansion])
        #expect(diagnostics.map { short($0.location) } == ["1:19+2"])
        #expect(diagnostics.first?.message.contains("10 bytes of text") == true)

        let bomb = "- &x \(String(repeating: "x", count: 500_000))\n" + String(repeating: "- *x\n", count: 80_000)
        #expect(readQuickly(bomb).diagnostics.map(\.code) == [.aliasExpansion])
    }
}

/// A text that is too long to stand in a test's name.
struct HostileText: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: @Sendable () -> String

    init(_ name: String, _ text: @escaping @Sendable () -> String) {
        testDescription = name
        self.text = text
    }
}
