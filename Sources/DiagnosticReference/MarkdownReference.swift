package import Diagnostics

extension DiagnosticPage {
    /// The reference of all codes in Markdown.
    package static var markdown: String {
        let rows = all.map { page in
            "| [\(page.code.rawValue)](#\(page.anchor)) | \(page.name) | \(page.code.severityText) | \(page.title) |"
        }
        return """
            # Diagnostics

            Made from the pages that `botctl explain CODE` shows; do not edit it by hand.

            Every problem that `botctl validate` finds has a code that is never given another meaning. BOT001 to \
            BOT019 are about YAML, BOT020 to BOT049 about keys and values, BOT050 to BOT079 about bots as a whole, \
            BOT080 to BOT099 about the project.

            Codes that are rules are judgements. A project may set their severity in `botctl.yaml` \
            (`rules: {BOT062: off}`; `off`, `warning` or `error`), and a comment silences one in one place: \
            `# botctl:ignore BOT062` at the end of the line that it is about or on the line before it, with several \
            codes separated by commas and ` -- why` after them; `# botctl:ignore-file BOT062` in the whole file. \
            `botctl validate --strict` makes every warning an error, but for BOT056. The other codes say that a file means nothing or \
            that no bot can be made of it; they cannot be turned off.

            In CI, `botctl validate --strict -o github -o sarif=botctl.sarif -o junit=botctl.xml` annotates the changed \
            lines of a pull request on GitHub (at most 10 errors and 10 warnings, those of one cause told as one), and \
            writes a SARIF log for code scanning and a JUnit report with a case for every file. `-o json` is for \
            scripts. The formats that show results beside sources name files from the root of the repository.

            | Code | Name | Severity | |
            |---|---|---|---|
            \(rows.joined(separator: "\n"))

            \(all.map(\.section).joined(separator: "\n\n"))

            """
    }

    private var heading: String { "\(code.rawValue): \(title)" }

    /// The heading as GitHub makes an anchor of it.
    private var anchor: String {
        String(heading.lowercased().compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" ? $0 : nil })
    }

    private var section: String {
        """
        ## \(heading)

        `\(name)`, \(code.severityText)

        \(meaning) \(reason)

        **Wrong**

        \(wrong.markdown)

        **Right**

        \(right.markdown)

        **What to do.** \(remedy)
        """
    }
}

extension DiagnosticCode {
    /// The default severity, and whether a project may change it: "warning, rule".
    package var severityText: String { defaultSeverity.rawValue + (isRule ? ", rule" : "") }
}

extension ExampleProject {
    fileprivate var markdown: String {
        files.map { file in
            "`\(file.path)`\n```\(file.path.hasSuffix(".yaml") ? "yaml" : "text")\n\(file.text)\n```"
        }.joined(separator: "\n\n")
    }
}
