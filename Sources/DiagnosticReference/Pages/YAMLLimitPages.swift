import Diagnostics

extension DiagnosticPage {
    static let nestedTooDeep = DiagnosticPage(
        .nestedTooDeep, name: "nested-too-deep", title: "Nested too deeply",
        meaning: "Lists and maps stand in one another more than 64 levels deep.",
        reason: "No configuration needs that, and a file made to be deep can hold a reader up for minutes.",
        wrong: ExampleProject(
            ExampleProject.File(
                "bots.d/nova-micro.yaml",
                shown: "model: amazon.nova-micro-v1:0\nparameters: {additional: {x: [[[[[[[[…]]]]]]]]}}",
                bytes: {
                    let nested = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
                    return Array(
                        "model: amazon.nova-micro-v1:0\nparameters: {additional: {x: \(nested)}}\n".utf8)
                })),
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {additional: {x: [1]}}
            """
        ],
        remedy: "Look for brackets or braces that are opened and never closed.")

    static let tooManyNodes = DiagnosticPage(
        .tooManyNodes, name: "too-many-values", title: "Too many values in a file",
        meaning: "The file writes down more than 100,000 keys and values.",
        reason: "The bound keeps a file that is not configuration from taking the machine's memory and time.",
        wrong: ExampleProject(
            ExampleProject.File(
                "bots.d/nova-micro.yaml",
                shown: "model: amazon.nova-micro-v1:0\nparameters: {additional: {x: [1, 1, 1, 1, 1, …]}}",
                bytes: {
                    let values = String(repeating: "1, ", count: 100_001)
                    return Array("model: amazon.nova-micro-v1:0\nparameters: {additional: {x: [\(values)]}}\n".utf8)
                })),
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {additional: {x: [1, 1]}}
            """
        ],
        remedy: "Check that the file is a bot and not data that a tool put there. Split what belongs to several bots.")

    static let aliasExpansion = DiagnosticPage(
        .aliasExpansion, name: "alias-expansion", title: "Aliases that stand for too much",
        meaning: """
            With every alias replaced by what it stands for, the file holds more than 200,000 values. Aliases of \
            aliases multiply: six lines of ten are a million values.
            """,
        reason: "Such a file can take any amount of memory; it is known as the billion laughs attack.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters:
              additional:
                a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters:
              additional:
                a: &a [1, 1]
                b: [*a, *a]
            """
        ],
        remedy: "Write out what is meant, without aliases that stand for lists of aliases.")

    static let fileTooLarge = DiagnosticPage(
        .fileTooLarge, name: "file-too-large", title: "The file is too large",
        meaning: "A YAML file is larger than one mebibyte.",
        reason: "A bot is a few lines. A file of that size is something else that got its name.",
        wrong: ExampleProject(
            ExampleProject.File(
                "bots.d/nova-micro.yaml",
                shown: "model: amazon.nova-micro-v1:0\nsystem_prompt: \"Lorem ipsum dolor sit amet …\"",
                bytes: {
                    let text = String(repeating: "Lorem ipsum ", count: 100_000)
                    return Array("model: amazon.nova-micro-v1:0\nsystem_prompt: \"\(text)\"\n".utf8)
                })),
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            system_prompt: {file: prompts/lorem.md}
            """,
            "prompts/lorem.md": "Answer in the style of Cicero.",
        ],
        remedy: """
            Move the file out of `bots.d/` if it is not a bot. Long instructions belong in a file of their own, under \
            `system_prompt: {file: …}`; it has a bound too.
            """)

    static let unknownKey = DiagnosticPage(
        .unknownKey, name: "unknown-key", title: "Unknown key",
        meaning: "There is no key of that name in that place. It is misspelt, or belongs under another key.",
        reason: """
            A misspelt key that is skipped in silence means a bot that runs with other values than the ones in its \
            file. botctl drops no key.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters:
              temprature: 0.2
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters:
              temperature: 0.2
            """
        ],
        remedy: """
            Take the key that the help names; `botctl validate --fix` renames one that is clearly meant. All keys \
            stand in `docs/configuration.md`. What only the model knows goes under `parameters.additional`.
            """)

    static let keyIsNotText = DiagnosticPage(
        .keyIsNotText, name: "key-is-not-text", title: "A key that is not text",
        meaning: "Before a colon stands nothing, a list, or a map, where a key's name belongs.",
        reason: "Keys are names. YAML allows more, and nothing here could be meant by it.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            labels:
              [team, owner]: ecosystem
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            labels: {team: ecosystem, owner: ecosystem}
            """
        ],
        remedy: "Write `key: value`. A text that starts with a bracket or a brace needs quotes.")

    static let tag = DiagnosticPage(
        .tag, name: "tag", title: "A tag that means nothing here",
        meaning:
            "A value starts with `!`, which YAML takes for a type's name. Only `!!str` and its like mean something.",
        reason: "Some YAML readers run code for a tag. botctl never does, and does not guess what was wanted.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: !important Fast and cheap
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: "!important Fast and cheap"
            """
        ],
        remedy: "Remove the tag. If the `!` belongs to the text, put the text in quotes.")

    static let unreadableFile = DiagnosticPage(
        .unreadableFile, name: "unreadable-file", title: "A file that cannot be read",
        meaning: """
            A file of the project, or one that `system_prompt: {file: …}` names, does not exist, is a directory, or \
            may not be read by you.
            """,
        reason: "Left out, it would change what is deployed: a bot less, or a bot without its instructions.",
        wrong: [
            "bots.d/pirate.yaml": """
            model: amazon.nova-micro-v1:0
            system_prompt: {file: prompts/pirat.md}
            """,
            "prompts/pirate.md": "You are a pirate.",
        ],
        right: [
            "bots.d/pirate.yaml": """
            model: amazon.nova-micro-v1:0
            system_prompt: {file: prompts/pirate.md}
            """,
            "prompts/pirate.md": "You are a pirate.",
        ],
        remedy: """
            Check the path, which starts at the project's root, and the permissions with `ls -l`. A directory in \
            `bots.d/` must not have a name that ends in `.yaml`.
            """)
}
