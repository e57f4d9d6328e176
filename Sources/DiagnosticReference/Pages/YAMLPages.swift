import Diagnostics

extension DiagnosticPage {
    static let yamlSyntax = DiagnosticPage(
        .yamlSyntax, name: "yaml-syntax", title: "The file is not valid YAML",
        meaning: """
            The file cannot be read as YAML: a bracket or quote that is never closed, a tab in the indentation, a \
            colon inside of a text without quotes, or keys that do not line up.
            """,
        reason: "Nothing that follows the place has a certain meaning, so nothing of the file is used.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: Fast: and cheap
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: "Fast: and cheap"
            """
        ],
        remedy: """
            Look at the place and at the line above it: the mistake is often one line earlier. Put quotes around a \
            text that holds `: ` or ` #`, or that starts with one of `* & ! % @ [ {`, and indent with spaces.
            """)

    static let notUTF8 = DiagnosticPage(
        .notUTF8, name: "not-utf8", title: "The file is not UTF-8",
        meaning: "The file holds bytes that are not UTF-8: it was saved as UTF-16, Latin-1 or Windows-1252.",
        reason: "A guess at the encoding would show users other letters than the ones that were written.",
        wrong: ExampleProject(
            ExampleProject.File(
                "bots.d/nova-micro.yaml", shown: "model: amazon.nova-micro-v1:0\ndescription: Caf\u{FFFD}",
                bytes: { Array("model: amazon.nova-micro-v1:0\ndescription: Caf".utf8) + [0xE9, 0x0A] })),
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: Café
            """
        ],
        remedy: """
            Save the file as UTF-8. From Latin-1 `iconv -f ISO-8859-1 -t UTF-8 OLD > NEW` does it; the excerpt shows \
            which letters are concerned.
            """)

    static let forbiddenCharacter = DiagnosticPage(
        .forbiddenCharacter, name: "forbidden-character", title: "A character that is not allowed",
        meaning: """
            The file holds a control character, a NUL byte, or one of the line separators U+0085, U+2028 and U+2029.
            """,
        reason: """
            Such characters are invisible. Some change what a terminal shows, and some break a line for one reader \
            and not for the next.
            """,
        wrong: ExampleProject(
            ExampleProject.File(
                "bots.d/nova-micro.yaml", shown: "model: amazon.nova-micro-v1:0\ndescription: \u{241B}[1mFast",
                bytes: { Array("model: amazon.nova-micro-v1:0\ndescription: \u{1B}[1mFast\n".utf8) })),
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: Fast
            """
        ],
        remedy: """
            Delete the character: the caret stands below it. It mostly came in with text that was copied from a \
            terminal or a web page. Where it is meant, write it as an escape in double quotes, such as `"\\x1B"`.
            """)

    static let duplicateKey = DiagnosticPage(
        .duplicateKey, name: "duplicate-key", title: "A key stands twice",
        meaning: "A map has the same key twice. The note shows where the first one is.",
        reason: "YAML readers disagree on which of the two counts; here neither is dropped in silence.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {temperature: 0.2}
            parameters: {max_tokens: 2048}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {temperature: 0.2, max_tokens: 2048}
            """
        ],
        remedy: "Keep one of the two, or move the keys of both under one.")

    static let undefinedAlias = DiagnosticPage(
        .undefinedAlias, name: "undefined-alias", title: "An alias without an anchor",
        meaning: """
            `*name` repeats the value that was marked with `&name` before it in the same file. There is no such mark, \
            or the alias stands inside of the very value that it repeats.
            """,
        reason: "Nobody can say what the value is.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            labels: {team: *owner}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            labels: {team: owner}
            """
        ],
        remedy: """
            If a text was meant that starts with `*`, put it in quotes. Else mark the value that is meant with \
            `&name`, before the alias and in the same file. Anchors do not reach into other files: templates do.
            """)

    static let mergeKey = DiagnosticPage(
        .mergeKey, name: "merge-key", title: "The merge key << is not supported",
        meaning: "`<<` copies the keys of another map in YAML 1.1. YAML 1.2 has no such key, and neither has botctl.",
        reason: """
            Templates do the same between files, and there `botctl show NAME --origin` says where each value comes \
            from.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            <<: {parameters: {temperature: 0.2}}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            template: CAREFUL
            """,
            "templates/CAREFUL.yaml": "parameters: {temperature: 0.2}",
        ],
        remedy: """
            Write the keys out, or move what bots share to a file in `templates/` and name it with `template:`. What \
            all chat bots share belongs in `templates/DEFAULT_CHAT_CONFIG.yaml`.
            """)

    static let severalDocuments = DiagnosticPage(
        .severalDocuments, name: "several-documents", title: "A second YAML document in a file",
        meaning: "A line `---` starts a second document. A file is one bot, one template, or `botctl.yaml`.",
        reason: "Most tools read only the first document, so that a bot would be lost without a word.",
        wrong: [
            "bots.d/nova.yaml": """
            model: amazon.nova-micro-v1:0
            ---
            model: amazon.nova-pro-v1:0
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": "model: amazon.nova-pro-v1:0",
        ],
        remedy: "Make a file of each document; the file's name becomes the bot's.")
}
