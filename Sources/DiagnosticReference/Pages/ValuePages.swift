import Diagnostics

extension DiagnosticPage {
    static let wrongType = DiagnosticPage(
        .wrongType, name: "wrong-type", title: "A value of the wrong type",
        meaning: "The key takes another kind of value: a number and not a text, a list and not a map.",
        reason: """
            A value that is turned into what it might mean gives a bot that nobody asked for. `"4096"` in quotes is \
            a text, `1.10` without them is the number 1.1.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {max_tokens: many}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {max_tokens: 4096}
            """
        ],
        remedy: """
            Write a value of the type that the message names. A text that looks like a number or like `true` needs \
            quotes; a number must not have any.
            """)

    static let outOfRange = DiagnosticPage(
        .outOfRange, name: "out-of-range", title: "A value out of range",
        meaning: "The value is of the right type, but smaller, larger or longer than the key takes.",
        reason: "The model service or Poe would refuse it, or the gateway could not keep what it promises.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {temperature: 7}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {temperature: 0.7}
            """
        ],
        remedy: "Write a value within the bounds that the message names. A share is written `0.7`, not `70%`.")

    static let unknownChoice = DiagnosticPage(
        .unknownChoice, name: "unknown-choice", title: "Not one of the valid words",
        meaning: "The key takes one of a few words, and the value is none of them. Capitals count.",
        reason: "There is nothing that it could mean.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            kind: caht
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            kind: chat
            """
        ],
        remedy: "Take the word that the help names.")

    static let missingValue = DiagnosticPage(
        .missingValue, name: "missing-value", title: "A required value is missing",
        meaning: "No layer sets a key that must have a value: not the bot's file, not its template, no override.",
        reason: "Without it there is no bot: nobody knows which model answers, say.",
        wrong: ["bots.d/nova-micro.yaml": "description: Fast and cheap"],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            description: Fast and cheap
            """
        ],
        remedy: "Add the key that the message names, in the bot's file or in its template.")

    static let emptyValue = DiagnosticPage(
        .emptyValue, name: "empty-value", title: "A key with nothing after it",
        meaning: "A key stands there without a value.",
        reason: """
            YAML reads it as null, which here means "back to the schema default". That is mostly not what somebody \
            had in mind who left the line unfinished.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters:
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {temperature: 0.7}
            """
        ],
        remedy: """
            Write a value, or remove the key. To take back what a template sets, write `null`. Check the indentation \
            where the value is meant to be the lines below.
            """)

    static let yaml11Boolean = DiagnosticPage(
        .yaml11Boolean, name: "yaml11-boolean", title: "yes, no, on and off are texts",
        meaning: "Only `true` and `false` are booleans. `yes`, `no`, `on` and `off` were, in YAML 1.1.",
        reason: "What such a word means depends on the reader's age; that is a poor way to turn a bot off.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            enabled: no
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            enabled: false
            """
        ],
        remedy: "Write `true` or `false`; `botctl validate --fix` does it.")

    static let invalidFormat = DiagnosticPage(
        .invalidFormat, name: "invalid-format", title: "A text that is not of the form it must have",
        meaning: """
            The key takes a text of a certain form, such as a length of time, a size, a name, a region or a URL, and \
            the value has another.
            """,
        reason: "A length of time without a unit is read as seconds by one and as milliseconds by the next.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            limits: {idle_timeout: 30}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            limits: {idle_timeout: 30s}
            """
        ],
        remedy: """
            Lengths of time are `500ms`, `30s`, `5m`, `1h`; sizes `512KiB`, `10MB`; money `0.25`; names lower-case \
            letters, digits, `.` and `-`; regions such as `us-east-1`.
            """)

    static let notAvailableYet = DiagnosticPage(
        .notAvailableYet, name: "not-available-yet", title: "Not available in this version",
        meaning: """
            The kind of bot, the provider or the state store has a name already, but this version of botctl cannot \
            serve it.
            """,
        reason: "The gateway would have no handler for the bot, or a deploy no place to write to.",
        wrong: [
            "bots.d/painter.yaml": """
            kind: image
            model: {provider: openai, id: gpt-image-1, base_url: "https://api.openai.com/v1"}
            """
        ],
        right: [
            "bots.d/painter.yaml": """
            model: {id: stability.sd3-5-large-v1:0, region: us-west-2}
            """
        ],
        remedy: "Leave it out until a version of botctl brings what it needs.")

    static let secretInPlainText = DiagnosticPage(
        .secretInPlainText, name: "secret-in-plain-text", title: "A secret in plain text",
        meaning: """
            Where a reference to a secret belongs stands the secret itself. botctl shows it nowhere: excerpts have \
            stars in its place.
            """,
        reason: "Whoever can read the repository can then speak in the bot's name, and its history keeps the key.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {access_key: 0123456789abcdef0123456789abcdef}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {access_key: "${env:POE_ACCESS_KEY}"}
            """
        ],
        remedy: """
            Write `${env:NAME}` or `${file:PATH}`. If the key was ever committed or sent to anyone, it is known: make \
            a new one where it came from.
            """)

    static let invalidReference = DiagnosticPage(
        .invalidReference, name: "invalid-reference", title: "A reference to a secret that cannot be one",
        meaning: """
            The value looks like a reference, but names a place that does not exist, names nothing, or holds a \
            placeholder other than `{name}`, `{NAME}` and `{environment}`. Or it is a reference under a key that holds \
            no secret: nothing resolves it there, and the text itself would be taken. For a text of your own, such as \
            a prompt, that is only a warning.
            """,
        reason: "It could never be resolved, and the bot would have no key.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {access_key: "${vault:poe/nova}"}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {access_key: "${env:POE_ACCESS_KEY_{NAME}}"}
            """
        ],
        remedy: """
            Write `${env:NAME}` or `${file:PATH}`. Names of variables have letters, digits and `_`; `{NAME}` becomes \
            the bot's name in capitals, and other characters become `_`.
            """)

    static let noEffectYet = DiagnosticPage(
        .noEffectYet, name: "no-effect-yet", title: "A key that does nothing yet",
        meaning: "The key is valid and its value is checked, but nothing in this version acts on it.",
        reason: """
            Who names a fallback counts on another bot's answer when a model is down. Better to learn here that it does \
            not come yet.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            fallback: {to: nova-lite}
            """,
            "bots.d/nova-lite.yaml": "model: amazon.nova-lite-v1:0",
        ],
        right: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-lite.yaml": "model: amazon.nova-lite-v1:0",
        ],
        remedy: """
            Leave it if it can wait: it takes effect with the version that brings it, and `# botctl:ignore BOT030` \
            silences the warning until then. Else remove it.
            """)
}
