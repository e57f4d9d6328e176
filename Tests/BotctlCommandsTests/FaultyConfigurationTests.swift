import Diagnostics
import Foundation
import JSONCoding
import TestSupport
import Testing

/// What `validate` says of a hundred and more projects, each with something wrong in it.
///
/// The projects and what is expected stand in `Faulty`; `BOTCTL_RECORD=1` writes what is expected, which is then to be
/// read: is the code right, does the caret point at what the person has to change, is the help the next step?
struct FaultyConfigurationTests {
    @Test func `there are more than a hundred, and a test reads every one`() {
        #expect(FaultyProject.all.count > 100)
        #expect(FaultyProject.all.allSatisfy { !$0.files.isEmpty })
    }

    @Test(arguments: FaultyProject.all)
    func `a person is told what is wrong, where, and what to do`(project: FaultyProject) async {
        let result = await World(bytes: project.files, width: 100).run(["validate"] + project.arguments)
        let command = (["$ botctl validate"] + project.arguments).joined(separator: " ")
        let shown = "\(command)\n\(result.output)\(result.error)exit status \(result.status)\n"
        #expect(result.status != 0 || result.output.contains("warning["), "nothing is wrong with it")
        #expect(!(result.output + result.error).contains(Self.secret), "a secret is shown")
        #expect(Golden.difference(of: shown, from: project.expectedText) == nil)
    }

    @Test(arguments: FaultyProject.all)
    func `a script is told the same`(project: FaultyProject) async {
        let arguments = ["validate", "--output", "json"] + project.arguments
        let result = await World(bytes: project.files, width: 100).run(arguments)
        #expect(!result.output.contains(Self.secret), "a secret is shown")
        #expect(Golden.difference(of: result.output, from: project.expectedJSON) == nil)
    }

    @Test(arguments: FaultyProject.all)
    func `every place is one in the person's files`(project: FaultyProject) throws {
        for diagnostic in try Self.diagnostics(of: project) {
            guard let file = diagnostic["file"]?.string, let line = diagnostic["line"]?.integer,
                let column = diagnostic["column"]?.integer
            else { continue }
            let bytes = try #require(project.files[file], "there is no file \(file)")
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            try #require((1...lines.count).contains(line))
            let width = String(decoding: lines[line - 1], as: UTF8.self).unicodeScalars.count
            #expect((1...width + 1).contains(column), "\(file):\(line):\(column)")
        }
    }

    @Test func `every code is among them`() throws {
        var shown: Set<String> = []
        for project in FaultyProject.all {
            shown.formUnion(try Self.diagnostics(of: project).compactMap { $0["code"]?.string })
        }
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).subtracting(shown).sorted() == [])
    }

    /// The text that stands in the place of secrets in these projects.
    private static let secret = "0123456789abcdefghijklmnopqrstuv"

    private static func diagnostics(of project: FaultyProject) throws -> [JSONValue] {
        let data = try Data(contentsOf: URL(fileURLWithPath: project.expectedJSON))
        return try JSONParser.parse(Array(data))["diagnostics"]?.array ?? []
    }
}
