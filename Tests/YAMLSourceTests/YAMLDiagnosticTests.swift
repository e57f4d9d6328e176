import Diagnostics
import Testing
import YAMLSource

struct YAMLDiagnosticTests {
    /// The text, the code, the place, and what the message must contain.
    @Test(
        arguments: [
            ("a:\n\tb: 1\n", DiagnosticCode.yamlSyntax, "2:1+1", "a tab is used for indentation"),
            ("a: 1\n\t\tb: 2\n", .yamlSyntax, "2:1+2", "a tab is used for indentation"),
            ("a: |\n\tx\n", .yamlSyntax, "2:1+1", "a tab is used for indentation"),
            ("-\ta\n", .yamlSyntax, "1:2+1", "a tab stands where YAML allows only spaces"),
            ("a:\n  b: 1\n   c: 2\n", .yamlSyntax, "3:4+1", "continues the value above"),
            ("model amazon\nname: x\n", .yamlSyntax, "2:1+4", "continues the value above"),
            ("a:\n  b: 1\n c: 2\n", .yamlSyntax, "3:2+2", "does not fit into the mapping"),
            ("- a\nb: c\n", .yamlSyntax, "2:1+2", "does not fit into the list"),
            ("a: b: c\n", .yamlSyntax, "1:5+1", "a second ':' in one line"),
            ("name: x\nmodel amazon\nfoo: y\n", .yamlSyntax, "2:1+12", "no ':' after this key"),
            ("name: x\nmodel = amazon\nfoo: y\n", .yamlSyntax, "2:1+14", "no ':' after this key"),
            ("a:\n  b = 1\n\n  c: 2\n", .yamlSyntax, "2:3+5", "no ':' after this key"),
            ("a = b = c\nd: e\n", .yamlSyntax, "1:1+9", "no ':' after this key"),
            ("a b = c\nd: e\n", .yamlSyntax, "2:1+1", "continues the value above"),
            ("a: \"x\nb: y\n", .yamlSyntax, "1:4+1", "the quote \" that starts here is never closed"),
            ("é: 'x\nb: y\n", .yamlSyntax, "1:4+1", "the quote ' that starts here is never closed"),
            ("a: \"x\n---\n\"\n", .yamlSyntax, "1:4+1", "never closed"),
            ("a: 'it's'\n", .yamlSyntax, "1:8+2", "nothing may follow the value"),
            ("a: [1, 2\nb: 3\n", .yamlSyntax, "1:4+1", "the '[' that starts here is never closed"),
            ("a: {x: 1\n", .yamlSyntax, "1:4+1", "the '{' that starts here is never closed"),
            ("a: {\n", .yamlSyntax, "1:4+1", "the '{' that starts here is never closed"),
            ("a: [b: \n", .yamlSyntax, "1:4+1", "the '[' that starts here is never closed"),
            ("a: [x, {b: [c: \n", .yamlSyntax, "1:12+1", "the '[' that starts here is never closed"),
            ("a: !!seq # c\n  [b: \n", .yamlSyntax, "2:3+1", "the '[' that starts here is never closed"),
            ("a: {x: 1 y: 2}\n", .yamlSyntax, "1:11+1", "expected ',' or '}' here"),
            ("a: [\n  'x'\n  'y'\n]\n", .yamlSyntax, "3:3+3", "expected ',' or ']' here"),
            ("a: - b\n", .yamlSyntax, "1:4+1", "a list cannot start here"),
            ("a: @x\n", .yamlSyntax, "1:4+1", "a value cannot start with '@'"),
            ("a: %x\n", .yamlSyntax, "1:4+1", "a value cannot start with '%'"),
            ("a: *.com\n", .yamlSyntax, "1:4+5", "'*' starts an alias"),
            ("a: & b\n", .yamlSyntax, "1:4+1", "'&' starts an anchor"),
            (#"a: "\d""#, .yamlSyntax, "1:5+2", "none that YAML knows"),
            (#"a: "b\xZZ""#, .yamlSyntax, "1:6+2", "none that YAML knows"),
            (#"a: "\ud800""#, .yamlSyntax, "1:5+2", "none that YAML knows"),
            ("a: |foo\n  x\n", .yamlSyntax, "1:5+3", "nothing may follow here on this line"),
            ("a: [b,,c]\n", .yamlSyntax, "1:7+3", "a value is expected here"),
            (": x\n", .yamlSyntax, "1:1+1", "there is no key in front of this ':'"),
            ("%FOO bar\n---\na: b\n", .yamlSyntax, "1:1+8", "speaks to the YAML parser"),
            ("a: !x!y z\n", .yamlSyntax, "1:4+4", "the tag '!x!y' means nothing"),
            ("a: |0\n  x\n", .yamlSyntax, "1:5+1", "cannot be indented by 0"),
            ("a: !,x\n", .yamlSyntax, "1:4+3", "'!' starts a tag"),
            ("{: x}\n", .yamlSyntax, "1:2+1", "there is no key in front of this ':'"),
            ("[a:[b]]\n", .yamlSyntax, "1:3+1", "needs a space after it"),
            ("&k a: 1\n*k : 2\n", .duplicateKey, "2:1+2", "the key 'a' stands twice"),
            ("a: 1\n...\nb: 1\n", .yamlSyntax, "3:1+2", "does not belong to the value"),
            ("a: 1\nb: 2\na: 3\n", .duplicateKey, "3:1+1", "the key 'a' stands twice"),
            ("{a: 1, \"\\x61\": 3}\n", .duplicateKey, "1:8+6", "the key 'a' stands twice"),
            ("a: *x\n", .undefinedAlias, "1:4+2", "the alias '*x' has no anchor"),
            ("a: &x [*x]\n", .undefinedAlias, "1:8+2", "inside the value that it stands for"),
            ("<<: {a: 1}\n", .mergeKey, "1:1+2", "the merge key '<<'"),
            ("a: 1\n---\nb: 1\n", .severalDocuments, "2:1+3", "a second YAML document"),
            ("[a]: b\n", .keyIsNotText, "1:1+1", "a key is text, not a list"),
            ("? {a: 1}\n: b\n", .keyIsNotText, "1:3+1", "a key is text, not a mapping"),
            ("a: &x [1]\n*x : 2\n", .keyIsNotText, "2:1+2", "a key is text"),
            ("? a\n? ? b\n", .keyIsNotText, "2:3+0", "a key is text, not a mapping"),
            ("a: !foo x\n", .tag, "1:4+4", "the tag '!foo' means nothing"),
            ("a: &x !foo [x]\n", .tag, "1:7+4", "the tag '!foo' means nothing"),
            ("a: !<tag:x,y:z> b\n", .tag, "1:4+12", "the tag 'tag:x,y:z' means nothing"),
            ("a: !!int x\n", .tag, "1:10+1", "not what its tag '!!int' says"),
            ("a: !!seq {b: 1}\n", .tag, "1:4+5", "not what its tag '!!seq' says"),
            ("a: b\u{0}\n", .forbiddenCharacter, "1:5+1", "a NUL byte"),
            ("a: é\u{1}\n", .forbiddenCharacter, "1:5+1", "U+0001"),
            ("a: \u{7F}\n", .forbiddenCharacter, "1:4+1", "U+007F"),
            ("a: \u{85}b: 1\n", .forbiddenCharacter, "1:4+1", "U+0085"),
            ("a: \u{2028}b: 1\n", .forbiddenCharacter, "1:4+1", "U+2028"),
            ("a: \u{FFFE}\n", .forbiddenCharacter, "1:4+1", "U+FFFE"),
            ("a: 1\r\nb: 2\rc: 3\n", .forbiddenCharacter, "2:5+1", "a carriage return without a line feed"),
            ("a: 1\r", .forbiddenCharacter, "1:5+0", "a carriage return without a line feed"),
        ])
    func `a mistake is found in its place`(text: String, code: DiagnosticCode, place: String, words: String) throws {
        let result = read(text)
        #expect(result.diagnostics.count == 1)
        let diagnostic = try #require(result.diagnostics.first)
        #expect(diagnostic.code == code)
        #expect(short(diagnostic.location) == place)
        #expect(diagnostic.message.contains(words), "\(diagnostic.message)")
        #expect(diagnostic.file == "bot.yaml")
        #expect(!diagnostic.help.isEmpty || code == .keyIsNotText)
        #expect((result.document == nil) == (code == .yamlSyntax || code == .forbiddenCharacter))
    }

    @Test(
        arguments: [
            (Array("a: b\nc: caf".utf8) + [0xE9, 0x0A], "2:7+1", "byte 0xE9"),
            (Array("a: ".utf8) + [0xC0, 0x80], "1:4+1", "byte 0xC0"),
            (Array("a: ".utf8) + [0xED, 0xA0, 0x80], "1:4+1", "byte 0xED"),
            (Array("a: ".utf8) + [0xF4, 0x90, 0x80, 0x80], "1:4+1", "byte 0xF4"),
            (Array("a: ".utf8) + [0xE6, 0xBC], "1:4+1", "byte 0xE6"),
            (Array("é: ".utf8) + [0x80], "1:4+1", "byte 0x80"),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1+0", "UTF-16"),
            ([0xFE, 0xFF, 0x00, 0x61], "1:1+0", "UTF-16"),
            ([0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00], "1:1+0", "UTF-32"),
        ] as [([UInt8], String, String)])
    func `what is not UTF-8 is found at its first byte`(bytes: [UInt8], place: String, words: String) throws {
        let result = read(bytes)
        #expect(result.document == nil)
        let diagnostic = try #require(result.diagnostics.first)
        #expect(result.diagnostics.count == 1)
        #expect(diagnostic.code == .notUTF8)
        #expect(diagnostic.message.contains(words), "\(diagnostic.message)")
        // A cut sequence shows as one replaced character or more.
        #expect(short(diagnostic.location).hasPrefix(place.prefix(4)))
    }

    @Test func `all problems of a file are found in one run, in the order of the file`() {
        let result = read("<<: *u\na: 1\nb: !x y\na: 2\nc: {d: 1, d: 2}\n")
        #expect(result.diagnostics.map(\.code) == [.mergeKey, .undefinedAlias, .tag, .duplicateKey, .duplicateKey])
        #expect(result.document?.root?.outline == #"{a: 1, b: "y", c: {d: 1}}"#)
    }

    @Test func `a value that was reported is marked`() throws {
        let root = try #require(read("a: *x\nb: !x y\nc: z\nd: !!int q\n").document?.root)
        #expect(root.entries.map(\.value.isInvalid) == [true, true, false, true])
    }

    @Test func `the first of two equal keys is named`() throws {
        let diagnostic = try #require(read("a: 1\nb: 2\na: 3\n").diagnostics.first)
        #expect(diagnostic.notes.map(\.message) == ["the first is here"])
        #expect(short(diagnostic.notes.first?.location) == "1:1+1")
    }

    @Test func `repeated keys are found in a large mapping too`() {
        var text = ""
        for index in 0..<100 { text += "key\(index): \(index)\n" }
        text += "key7: x\nkey99: x\nkey7: y\n"
        let diagnostics = read(text).diagnostics
        #expect(diagnostics.map { short($0.location) } == ["101:1+4", "102:1+5", "103:1+4"])
        #expect(diagnostics.map { short($0.notes.first?.location) } == ["8:1+4", "100:1+5", "8:1+4"])
    }

    @Test func `keys that only look equal are different`() {
        #expect(read("e\u{301}: 1\né: 2\nA: 1\na: 2\n").diagnostics == [])
    }

    @Test func `the help of a merge key names templates`() {
        #expect(read("<<: x\n").diagnostics.first?.help.first?.contains("template:") == true)
        #expect(read("'<<': x\n").diagnostics == [])
    }

    @Test func `a quote closed by a later one is named`() throws {
        let diagnostic = try #require(read("a: \"x\nb: \"y\"\n").diagnostics.first)
        #expect(diagnostic.message == "nothing may follow the value here")
        #expect(short(diagnostic.notes.first?.location) == "1:4+1")
    }
}
