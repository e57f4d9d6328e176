import Diagnostics
import Testing
import YAMLSource

/// Where comments stand, so that a comment can speak to the tool.
struct YAMLCommentTests {
    @Test(arguments: [
        ("# first\na: 1 # second\n  # third\n", ["# first", "# second", "# third"]),
        ("a: x#y\nb: 'it is # no comment'\nc: \"nor # this\"\n", []),
        ("a: 'x' # after a quote\nb: [1, # in a list\n  2]\n", ["# after a quote", "# in a list"]),
        ("a: |\n  # text\n  more # text\n# comment\nb: 1\n", ["# comment"]),
        ("a: | # header\n  # text\nb: >- # folded\n  # text\n\n# end\n", ["# header", "# folded", "# end"]),
        ("a: plain text\n  goes on # here\nb: 2\n", ["# here"]),
        ("a: \"over\n  # two lines\"\n", []),
        ("a: &x 1 # anchor\nb: *x # alias\n", ["# anchor", "# alias"]),
        ("a:  # missing\nb: 1\n", ["# missing"]),
        ("\u{FEFF}# mark\r\na: 1 # dos\r\n", ["# mark", "# dos"]),
        ("a: http://x/#fragment\n", []), ("--- # start\na: 1\n... # end\n", ["# start", "# end"]),
        ("a: 漢字 # 漢字\n", ["# 漢字"]), ("", []), ("#", ["#"]),
    ])
    func `a comment is what YAML says it is`(text: String, comments: [String]) throws {
        let document = try #require(read(text).document)
        let found = document.comments.map { String(decoding: document.text.bytes[$0], as: UTF8.self) }
        #expect(found == comments)
    }
}
