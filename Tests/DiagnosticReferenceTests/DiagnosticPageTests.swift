import DiagnosticReference
import Diagnostics
import TestSupport
import Testing

struct DiagnosticPageTests {
    @Test func `every code has a page of its own, with a name of its own`() {
        #expect(DiagnosticPage.all.map(\.code) == DiagnosticCode.allCases.sorted { $0.rawValue < $1.rawValue })
        #expect(Set(DiagnosticPage.all.map(\.name)).count == DiagnosticCode.allCases.count)
        #expect(Set(DiagnosticPage.all.map(\.title)).count == DiagnosticCode.allCases.count)
    }

    @Test(arguments: DiagnosticPage.all.map(\.code))
    func `a page belongs to its code, and is written in sentences`(code: DiagnosticCode) {
        let page = DiagnosticPage(code)
        #expect(page.code == code)
        #expect(page.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        #expect(!page.title.hasSuffix("."))
        for paragraph in [page.meaning, page.reason, page.remedy] {
            #expect(paragraph.hasSuffix(".") && !paragraph.contains("\n") && !paragraph.contains("  "))
            #expect(paragraph.count { $0 == "`" }.isMultiple(of: 2))
        }
    }

    @Test(arguments: ["BOT012", "bot012", "unknown-key", "Unknown-Key"])
    func `a page is found by its code and its name, case aside`(text: String) {
        #expect(DiagnosticPage.find(text)?.code == .unknownKey)
    }

    @Test(arguments: ["", "BOT", "BOT999", "12", "unknown key"])
    func `what is neither finds none`(text: String) {
        #expect(DiagnosticPage.find(text) == nil)
    }

    @Test func `the reference page says what the pages say`() {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        #expect(Golden.difference(of: DiagnosticPage.markdown, from: root + "/docs/diagnostics.md") == nil)
    }
}
