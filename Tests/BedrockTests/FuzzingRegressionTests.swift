import AnswerFuzzing
import Foundation
import Testing
import TestSupport

/// Inputs that once broke what the fuzzers hold, and inputs made up by chance.
struct FuzzingRegressionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// The files of a folder beside the tests.
    private static func inputs(in path: String) -> [URL] {
        let folder = folder.appending(path: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { !$0.hasSuffix(".md") }.sorted().map { folder.appending(path: $0) }
    }

    @Test(arguments: inputs(in: "Regressions/answer") + inputs(in: "../AnswerFuzzing/Seeds"))
    func `an answer of the folder holds`(file: URL) throws {
        #expect(AnswerInvariants.violations(of: Array(try Data(contentsOf: file))) == [])
    }

    @Test(arguments: inputs(in: "Regressions/event-stream"))
    func `an event stream of the folder holds`(file: URL) throws {
        #expect(EventStreamInvariants.violations(of: Array(try Data(contentsOf: file))) == [])
    }

    @Test func `damaged answers and streams hold`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let seeds = try Self.inputs(in: "../AnswerFuzzing/Seeds").map { Array(try Data(contentsOf: $0)) }
        for _ in 0..<2000 {
            var input = random.pick(seeds)
            for _ in 0...random.number(below: 4) {
                input[random.number(below: input.count)] = UInt8(random.number(below: 256))
            }
            #expect(AnswerInvariants.violations(of: input) == [], "seed \(seed)")
            #expect(EventStreamInvariants.violations(of: input) == [], "seed \(seed)")
        }
    }
}
