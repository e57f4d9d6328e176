import Diagnostics

extension DiagnosticPage {
    static let noBots = DiagnosticPage(
        .noBots, name: "no-bots", title: "There is no bot",
        meaning: "`bots.d/` does not exist or holds no `.yaml` file.",
        reason: "A check of nothing must not pass: most likely the directory is the wrong one.",
        wrong: ["botctl.yaml": "environments: {local: {upstream: simulator}}"],
        right: [
            "botctl.yaml": "environments: {local: {upstream: simulator}}",
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        remedy: "Go to the project, or name it with `-C`. `botctl new NAME --model ID` writes a first bot.")

    static let unknownEnvironmentBot = DiagnosticPage(
        .unknownEnvironmentBot, name: "unknown-environment-bot", title: "Values for a bot that does not exist",
        meaning: "An environment of `botctl.yaml` has values under `bots:` for a name that is not a bot.",
        reason: "The bot that is meant runs without them.",
        wrong: [
            "botctl.yaml": """
            environments:
              local:
                bots: {nova-mikro: {enabled: false}}
            """,
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        right: [
            "botctl.yaml": """
            environments:
              local:
                bots: {nova-micro: {enabled: false}}
            """,
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        remedy: "Write the bot's name as `botctl list` shows it, or remove the values with the bot.")

    static let unknownRule = DiagnosticPage(
        .unknownRule, name: "unknown-rule", title: "A severity for a code that is not a rule",
        meaning: "`rules:` of `botctl.yaml` names a code that does not exist or is not a rule.",
        reason: """
            The codes that are not rules say that a file means nothing or that a bot cannot be made. No setting can make \
            a bot of it.
            """,
        wrong: [
            "botctl.yaml": "rules: {BOT012: warning}",
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        right: [
            "botctl.yaml": "rules: {BOT062: off}",
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        remedy: "Remove it, or write the code that is meant: `botctl explain` shows which codes are rules.")

    static let unknownEnvironment = DiagnosticPage(
        .unknownEnvironment, name: "unknown-environment", title: "An environment that does not exist",
        meaning: "`default_environment` of `botctl.yaml` names none of its `environments`.",
        reason: "Without `-e`, no command would know where to deploy.",
        wrong: [
            "botctl.yaml": """
            default_environment: stagging
            environments: {staging: {upstream: simulator}}
            """,
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        right: [
            "botctl.yaml": """
            default_environment: staging
            environments: {staging: {upstream: simulator}}
            """,
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        remedy: "Write the name of one of the environments, or add the one that is missing.")

    static let duplicateFacts = DiagnosticPage(
        .duplicateFacts, name: "duplicate-facts", title: "Facts of one model twice",
        meaning: "Two entries of `catalog.d/` describe the same model.",
        reason: "Which of them counts would depend on the files' names.",
        wrong: [
            "bots.d/nova-next.yaml": "model: amazon.nova-next-v1:0",
            "catalog.d/a.yaml": """
            id: amazon.nova-next-v1:0
            kind: text
            on_demand_regions: [us-east-1]
            """,
            "catalog.d/b.yaml": """
            id: amazon.nova-next-v1:0
            kind: text
            on_demand_regions: [us-west-2]
            """,
        ],
        right: [
            "bots.d/nova-next.yaml": "model: amazon.nova-next-v1:0",
            "catalog.d/a.yaml": """
            id: amazon.nova-next-v1:0
            kind: text
            on_demand_regions: [us-east-1, us-west-2]
            """,
        ],
        remedy: "Keep one file for each model.")

    static let poeNotCalled = DiagnosticPage(
        .poeNotCalled, name: "poe-not-called", title: "A setting of Poe where nothing calls Poe",
        meaning: """
            An environment has `poe.charge` or `poe.upload_url`, and its `poe.sync` is not true. Gateways call Poe only \
            where it is.
            """,
        reason: "Users would use bots for nothing that were meant to be charged for, and nobody would notice.",
        wrong: [
            "botctl.yaml": "environments: {production: {poe: {charge: true}}}",
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        right: [
            "botctl.yaml": "environments: {production: {poe: {sync: true, charge: true}}}",
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
        ],
        remedy: """
            Add `sync: true`, or remove what has no effect. Where Poe is switched off for a while only, keep it with \
            `# botctl:ignore BOT085 -- why`.
            """)
}
