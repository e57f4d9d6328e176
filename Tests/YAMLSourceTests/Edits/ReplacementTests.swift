import Diagnostics
import Testing
import YAMLSource

struct ReplacementTests {
    @Test(arguments: [
        ("temprature: 1 # warm\n", "temperature: 1 # warm\n"), ("'temprature' : 1\n", "'temperature' : 1\n"),
        ("\"temprature\": 1", "\"temperature\": 1"), ("{temprature: 1, b: 2}\n", "{temperature: 1, b: 2}\n"),
        ("{\"temprature\":1}", "{\"temperature\":1}"), ("? temprature\n: 1\n", "? temperature\n: 1\n"),
        ("&x temprature: 1\n", "&x temperature: 1\n"), ("\u{FEFF}temprature: 1\r\n", "\u{FEFF}temperature: 1\r\n"),
        ("- é: 1\n", nil), ("temprature: 1\ntemperature: 2\n", nil), ("&x temprature: 1\nb: *x\n", nil),
    ])
    func `a key gets another name`(before: String, after: String?) throws {
        let root = try #require(read(before).document?.root)
        guard let key = root.entry(forKey: "temprature")?.key else { return #expect(after == nil) }
        #expect(applying(YAMLEdits(of: key).renaming(key, to: "temperature"), to: before) == after)
    }

    @Test func `a key that is an alias is replaced by the name`() throws {
        let text = "a: &x temprature\n*x : 1\n"
        let key = try #require(read(text).document?.root?.entries[1].key)
        let edit = YAMLEdits(of: key).renaming(key, to: "temperature")
        #expect(applying(edit, to: text) == "a: &x temprature\ntemperature : 1\n")
    }

    @Test func `a key of a map that is read in two places keeps its name`() throws {
        let text = "a: &m {x: 1}\nb: *m\n"
        let key = try #require(read(text).document?.root?.value(forKey: "b")?.entries.first?.key)
        #expect(YAMLEdits(of: key).renaming(key, to: "y") == nil)
    }

    @Test(arguments: [
        ("k: old # c\n", "k: new # c\n"), ("k: 'old'\n", "k: 'new'\n"), ("k: \"old\"\n", "k: \"new\"\n"),
        ("k: !!str old\n", "k: !!str new\n"), ("k: &x old\n", "k: &x new\n"), ("{k: old}\n", "{k: new}\n"),
        ("k: |\n  old\n", nil), ("k:\n", nil), ("k: &x old\nb: *x\n", nil), ("k: [old]\n", nil),
        ("a: &x old\nk: *x\n", "a: &x old\nk: new\n"), ("k: old\r\n", "k: new\r\n"), ("k: old", "k: new"),
    ])
    func `a scalar is replaced in the quotes that it has`(before: String, after: String?) throws {
        let value = try #require(read(before).document?.root?.value(forKey: "k"))
        #expect(applying(YAMLEdits(of: value).replacing(value, with: .text("new")), to: before) == after)
    }

    @Test(arguments: [
        ("yes", "\"yes\""), ("true", "\"true\""), ("12", "\"12\""), ("", "\"\""), ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""), ("a#b", "a#b"), ("a:b", "a:b"), (" a", "\" a\""), ("- a", "\"- a\""),
        ("a\nb", "\"a\\nb\""), ("\"", "\"\\\"\""), ("*x", "\"*x\""), ("${env:X}", "${env:X}"), ("漢字", "漢字"),
        ("a\u{200B}b", "\"a\u{200B}b\""), ("a\u{2028}", "\"a\\u2028\""), ("null", "\"null\""), ("x, y", "x, y"),
        ("us.amazon.nova-micro-v1:0", "us.amazon.nova-micro-v1:0"),
    ])
    func `a text gets quotes where it needs them`(text: String, source: String) throws {
        let before = "k: old\n"
        let value = try #require(read(before).document?.root?.value(forKey: "k"))
        #expect(applying(YAMLEdits(of: value).replacing(value, with: .text(text)), to: before) == "k: \(source)\n")
    }

    @Test func `within braces a comma needs quotes`() throws {
        let before = "{k: old, l: 'old'}\n"
        let edits = try edits(of: before)
        let root = try #require(read(before).document?.root)
        let (plain, quoted) = (root.entries[0].value, root.entries[1].value)
        #expect(applying(edits.replacing(plain, with: .text("x, y")), to: before) == "{k: \"x, y\", l: 'old'}\n")
        #expect(applying(edits.replacing(quoted, with: .text("it's")), to: before) == "{k: old, l: 'it''s'}\n")
    }

    @Test func `a Boolean is written as it is, unless a tag makes it a text`() throws {
        for (before, after) in [("k: yes # on\n", "k: true # on\n"), ("k: !!str yes\n", nil)] {
            let value = try #require(read(before).document?.root?.value(forKey: "k"))
            #expect(applying(YAMLEdits(of: value).replacing(value, with: .source("true")), to: before) == after)
        }
    }

    @Test(arguments: [
        ("a: 1 # one\nb: 2\n", "a: 1 # one\nk: new\nb: 2\n"), ("a: 1", "a: 1\nk: new"),
        ("a: 1\r\nb: 2\r\n", "a: 1\r\nk: new\r\nb: 2\r\n"), ("a: 1\r\nb: 2", "a: 1\r\nk: new\r\nb: 2"),
        ("a:\n  x: 1\n  # y\nb: 2\n", "a:\n  x: 1\n  # y\nk: new\nb: 2\n"), ("a: |\n  x\n", "a: |\n  x\nk: new\n"),
        ("a: |+\n  x\n\nb: 2\n", nil), ("{a: 1}\n", "{a: 1, k: new}\n"), ("{a: 1, b: 2}", "{a: 1, k: new, b: 2}"),
        ("{\n  a: 1\n}\n", "{\n  a: 1,\n  k: new\n}\n"), ("{\n  a: 1, # one\n}\n", "{\n  a: 1, # one\n  k: new,\n}\n"),
        ("a: 1\nk: 2\n", nil), ("a: &x 1\nb: *x\n", "a: &x 1\nk: new\nb: *x\n"),
    ])
    func `an entry is added after another`(before: String, after: String?) throws {
        let edits = try edits(of: before)
        let key = try #require(edits.key(at: ["a"]))
        #expect(applying(edits.inserting("k", .text("new"), afterEntryOf: key), to: before) == after)
    }

    @Test func `an entry is added where others are indented`() throws {
        let text = "m:\n    a: 1\nsmoke:\n  - name: x\n"
        let edits = try edits(of: text)
        let key = try #require(edits.key(at: ["m", "a"]))
        #expect(
            applying(edits.inserting("b", .source("{c: [1]}"), afterEntryOf: key), to: text)
                == "m:\n    a: 1\n    b: {c: [1]}\nsmoke:\n  - name: x\n")
        let name = try #require(read(text).document?.root?.value(forKey: "smoke")?.items.first?.entries.first?.key)
        #expect(
            applying(edits.inserting("prompt", .text("Hi: you"), afterEntryOf: name), to: text)
                == "m:\n    a: 1\nsmoke:\n  - name: x\n    prompt: \"Hi: you\"\n")
    }
}
