import Diagnostics
import Testing
import TestSupport
import YAMLSource

@Suite(.timeLimit(.minutes(1)))
struct YAMLRandomTextTests {
    private static let sample = """
        # A bot.
        name: claude-sonnet
        model: {provider: bedrock, id: "anthropic.claude\\u002d1", regions: [us-east-1, 'eu''x']}
        parameters: &p
          temperature: 0.7
          stop_sequences:
          - "a\\n"
          - 漢字 😀
        other: *p
        system_prompt: |
          One
            two

          three
        folded: >-
          One
          two
        tagged: !!str 12
        ? complex
        : value
        """

    /// Walks over everything and asks every question that a node answers.
    private func visit(_ node: YAMLNode) -> Int {
        let source = node.text.bytes.indices
        #expect(node.range.lowerBound >= source.lowerBound && node.range.upperBound <= source.upperBound)
        #expect(node.headRange.lowerBound == node.range.lowerBound)
        #expect(node.headRange.upperBound <= node.range.upperBound)
        _ = (node.resolved, node.isMissing, node.isNullPlain, node.booleanInYAML11, node.definitionRange)
        return 1 + node.items.reduce(0) { $0 + visit($1) }
            + node.entries.reduce(0) { $0 + visit($1.key) + visit($1.value) }
    }

    private func check(_ bytes: [UInt8]) {
        let result = read(bytes, limits: YAMLLimits(aliasExpansion: 2000))
        #expect(result.document != nil || result.diagnostics.containsErrors)
        for diagnostic in result.diagnostics {
            #expect(diagnostic.file == "bot.yaml")
            #expect(!diagnostic.message.contains("not valid YAML:"), "\(diagnostic.message)")
        }
        if let root = result.document?.root { #expect(visit(root) >= 1) }
    }

    @Test(arguments: UInt64(1)...8)
    func `random bytes never crash the reader`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            check((0..<Int.random(in: 0...60, using: &generator)).map { _ in .random(in: 0...255, using: &generator) })
        }
    }

    @Test(arguments: UInt64(1)...8)
    func `random YAML punctuation never crashes the reader`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "b", "é", "漢", "😀", ": ", ":", "- ", "-", "? ", "\n", "\n  ", "\n    ", "\r\n", "\t", " ", "[", "]",
            "{", "}", ", ", "'", "\"", "\\", "&a ", "*a", "*b ", "!!str ", "!", "|", ">", "|-\n", "#", " # c", "---\n",
            "...\n", "%", "@", "<<: ", "1", "0.5", "~", "\u{FEFF}",
        ]
        for _ in 0..<400 {
            let text = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }
            check(Array(text.joined().utf8))
        }
    }

    @Test(arguments: UInt64(1)...8)
    func `a damaged file never crashes the reader`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let sample = Array(Self.sample.utf8)
        for _ in 0..<200 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: position)
                case 1: bytes.insert(sample.randomElement(using: &generator) ?? 0, at: position)
                case 2: bytes[position] = sample.randomElement(using: &generator) ?? 0
                default: bytes.removeSubrange(position...)
                }
                if bytes.isEmpty { break }
            }
            check(bytes)
        }
    }

    @Test func `a file cut anywhere never crashes the reader`() {
        let sample = Array(Self.sample.utf8)
        for end in sample.indices { check(Array(sample[..<end])) }
    }

    @Test func `the sample itself is sound`() throws {
        let result = read(Self.sample)
        #expect(result.diagnostics == [])
        #expect(visit(try #require(result.document?.root)) >= 35)
    }
}
