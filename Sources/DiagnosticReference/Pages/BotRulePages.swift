import Diagnostics

extension DiagnosticPage {
    static let deadOverride = DiagnosticPage(
        .deadOverride, name: "dead-override", title: "An override that changes nothing",
        meaning: """
            The bot's file sets a value that its template has already. A value that only the schema default says too is \
            no such override: it keeps the bot as it is when the default changes.
            """,
        reason: """
            It looks like a decision. When the template changes, this bot stays behind, and nobody knows whether that \
            was meant.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {temperature: 0.7}
            """,
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.7}",
        ],
        right: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "parameters: {temperature: 0.7}",
        ],
        remedy: """
            Remove it; `botctl validate --fix` does. If the bot must keep the value whatever the template says, keep \
            it with `# botctl:ignore BOT060 -- why`.
            """)

    static let sharedOverride = DiagnosticPage(
        .sharedOverride, name: "shared-override", title: "An override that all bots share",
        meaning: "All bots of a template, at least three, set the same value for a key that is not in the template.",
        reason: "It must be changed in every file, and the next bot will lack it.",
        wrong: [
            "bots.d/nova-lite.yaml": """
            model: amazon.nova-lite-v1:0
            limits: {max_concurrent: 20}
            """,
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            limits: {max_concurrent: 20}
            """,
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            limits: {max_concurrent: 20}
            """,
        ],
        right: [
            "bots.d/nova-lite.yaml": "model: amazon.nova-lite-v1:0",
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": "model: amazon.nova-pro-v1:0",
            "templates/DEFAULT_CHAT_CONFIG.yaml": "limits: {max_concurrent: 20}",
        ],
        remedy: "Move it to the template and remove it from the bots' files.")

    static let noSmokeCases = DiagnosticPage(
        .noSmokeCases, name: "no-smoke-cases", title: "A bot without smoke cases",
        meaning: "No layer gives the bot a smoke case.",
        reason: """
            A deploy asks nothing of the bot, before or after: a wrong model, a missing permission or an empty answer \
            shows only when a user meets it.
            """,
        wrong: ["bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0"],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            smoke:
              - name: pong
                prompt: Reply with the single word pong.
                expect: {contains: pong}
            """
        ],
        remedy: "Put one case into `templates/DEFAULT_CHAT_CONFIG.yaml`: then every bot has it.")

    static let smokeCaseAssertsNothing = DiagnosticPage(
        .smokeCaseAssertsNothing, name: "smoke-case-asserts-nothing", title: "A smoke case that asserts nothing",
        meaning: "A smoke case has no `expect`, or an empty one, so that any answer passes.",
        reason: "An apology, an error in words, or the answer of another model passes as well.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            smoke:
              - name: pong
                prompt: Reply with the single word pong.
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            smoke:
              - name: pong
                prompt: Reply with the single word pong.
                expect: {contains: pong}
            """
        ],
        remedy: "Ask for something that has one answer, and expect it with `contains`.")

    static let unknownFallback = DiagnosticPage(
        .unknownFallback, name: "unknown-fallback", title: "A fallback to a bot that does not exist",
        meaning: "`fallback.to` names no bot of the project.",
        reason: "At the moment when the fallback is needed, nobody would answer.",
        wrong: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            fallback: {to: nova-mikro}
            """,
        ],
        right: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            fallback: {to: nova-micro}
            """,
        ],
        remedy: "Name a bot of this project: `botctl list` shows them.")

    static let fallbackCircle = DiagnosticPage(
        .fallbackCircle, name: "fallback-circle", title: "Fallbacks in a circle",
        meaning: "A bot falls back to itself, or to another that leads back to it over one or more steps.",
        reason: "When the models of all of them are down, a request would go round until its time is over.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            fallback: {to: nova-pro}
            """,
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            fallback: {to: nova-micro}
            """,
        ],
        right: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            fallback: {to: nova-micro}
            """,
        ],
        remedy: "Take one of the fallbacks out: the chain must end at a bot without one.")

    static let duplicateHandle = DiagnosticPage(
        .duplicateHandle, name: "duplicate-handle", title: "Two bots with one handle on Poe",
        meaning: """
            Two bots have the same name on Poe: their `poe.handle`, or their own name where there is none. Poe does \
            not tell capitals from small letters.
            """,
        reason: "The settings of one bot would be written over those of the other.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {handle: Nova}
            """,
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            poe: {handle: nova}
            """,
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {handle: Nova-Micro}
            """,
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            poe: {handle: Nova-Pro}
            """,
        ],
        remedy: "Give each bot the handle that it has on Poe.")

    static let unusedTemplate = DiagnosticPage(
        .unusedTemplate, name: "unused-template", title: "A template that no bot uses",
        meaning: "A file of `templates/` lies beneath no bot.",
        reason: "Who edits it expects something to change. It is left over, or a bot lacks its `template:`.",
        wrong: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "templates/CAREFUL.yaml": "parameters: {temperature: 0.2}",
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            template: CAREFUL
            """,
            "templates/CAREFUL.yaml": "parameters: {temperature: 0.2}",
        ],
        remedy: "Name it in a bot's `template:`, or delete the file.")

    static let unusedSuppression = DiagnosticPage(
        .unusedSuppression, name: "unused-suppression", title: "A suppression that silences nothing",
        meaning: """
            A comment `# botctl:ignore …` names a code that is not reported there. At the end of a line it means that \
            line, on a line of its own the next one.
            """,
        reason: "Left behind, it would hide the problem the next time it comes up.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0 # botctl:ignore BOT055
            """
        ],
        right: ["bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0"],
        remedy: "Remove the comment, or move it to the line that it is about.")

    static let invalidSuppression = DiagnosticPage(
        .invalidSuppression, name: "invalid-suppression", title: "A suppression of what cannot be silenced",
        meaning: """
            A comment `# botctl:ignore …` names no code, a code that does not exist, or one that is not a rule; or its \
            first word is written in another way, such as `botctl-ignore` or `botctl: ignore`. Rules are judgements; \
            the other codes say that a file means nothing or that a bot cannot be made.
            """,
        reason: "It would look as if something was silenced that is not.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0 # botctl:ignore BOT012
            """
        ],
        right: ["bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0"],
        remedy: """
            Write `# botctl:ignore BOT055`, several codes with commas between them, then ` -- why` if you like. \
            `botctl explain` shows which codes are rules.
            """)
}
