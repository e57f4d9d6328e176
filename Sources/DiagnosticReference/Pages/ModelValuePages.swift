import Diagnostics

extension DiagnosticPage {
    static let modelRefusesParameter = DiagnosticPage(
        .modelRefusesParameter, name: "model-refuses-parameter", title: "A parameter that the model refuses",
        meaning: """
            The bot's file sets a sampling parameter that its model does not take at all, or not beside another one \
            that is set.
            """,
        reason: """
            The model service would refuse every request. A template's value is left out for such a model without a \
            word; one in the bot's own file is a wish that cannot come true.
            """,
        wrong: [
            "bots.d/claude-sonnet.yaml": """
            model: anthropic.claude-sonnet-5-5
            parameters: {temperature: 0.2}
            """
        ],
        right: ["bots.d/claude-sonnet.yaml": "model: anthropic.claude-sonnet-5-5"],
        remedy: "Remove the parameter, or choose a model that takes it. `botctl catalog show ID` lists what one takes.")

    static let pathOutsideProject = DiagnosticPage(
        .pathOutsideProject, name: "path-outside-project", title: "A path that leads out of the project",
        meaning: "A file that the configuration names does not lie under the project's root: `..`, `/`, or a link.",
        reason: """
            Files outside of the project are not reviewed with it, are missing in CI, and could be anything on the \
            machine that validates.
            """,
        wrong: [
            "bots.d/pirate.yaml": """
            model: amazon.nova-micro-v1:0
            system_prompt: {file: ../prompts/pirate.md}
            """
        ],
        right: [
            "bots.d/pirate.yaml": """
            model: amazon.nova-micro-v1:0
            system_prompt: {file: prompts/pirate.md}
            """,
            "prompts/pirate.md": "You are a pirate.",
        ],
        remedy: "Put the file into the project and name it from the project's root.")

    static let aboveModelLimit = DiagnosticPage(
        .aboveModelLimit, name: "above-model-limit", title: "More than the model can give",
        meaning: "`max_tokens` of the bot's file is above the longest answer that the catalog knows of its model.",
        reason: """
            The request is sent with the model's limit, so that answers end sooner than the file says. It is a \
            warning, because some limits in the catalog are lower than what the vendor grants by now.
            """,
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {max_tokens: 20000}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            parameters: {max_tokens: 10000}
            """
        ],
        remedy: "Write the limit or less. If the catalog is behind, put the new limit into `catalog.d/`.")

    static let deprecatedKey = DiagnosticPage(
        .deprecatedKey, name: "deprecated-key", title: "A deprecated key",
        meaning: """
            The key still works, but has a new name by now, or nothing needs it any more. The help says what to write.
            """,
        reason: "One day the key will be an unknown one.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {custom_rate_card: Free of charge}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {rate_card: Free of charge}
            """
        ],
        remedy: "Rename the key as the help says, or remove it.")

    static let missingFeature = DiagnosticPage(
        .missingFeature, name: "missing-feature", title: "A feature that the model lacks",
        meaning: """
            The bot asks for something that its model cannot do, by the catalog's facts: system messages, images, \
            documents, streaming, tools.
            """,
        reason: "The model service would refuse requests that use it, at the first user who does.",
        wrong: [
            "bots.d/mistral-7b.yaml": """
            model: {id: mistral.mistral-7b-instruct-v0:2, region: us-west-2}
            supports_system_messages: true
            """
        ],
        right: ["bots.d/mistral-7b.yaml": "model: {id: mistral.mistral-7b-instruct-v0:2, region: us-west-2}"],
        remedy: """
            Remove the key: left out, it follows the model's facts. Or choose a model that has the feature; \
            `botctl catalog show ID` lists what one can do.
            """)

    static let parameterControls = DiagnosticPage(
        .parameterControls, name: "parameter-controls", title: "Controls that Poe would refuse",
        meaning: "`poe.parameter_controls` breaks a rule of Poe's protocol beyond what the types of its keys can say.",
        reason: "Poe refuses the settings as a whole, and the bot keeps the old ones.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe:
              parameter_controls:
                sections:
                  - controls:
                      - {control: slider, label: Length, parameter_name: length, min_value: 9, max_value: 1, step: 1}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe:
              parameter_controls:
                sections:
                  - controls:
                      - {control: slider, label: Length, parameter_name: length, min_value: 1, max_value: 9, step: 1}
            """
        ],
        remedy: """
            Do what the message says. Controls of one parameter start with one default, a default is one that its \
            control can show, and a condition asks for a parameter that some control sets.
            """)

    static let contradictingKeys = DiagnosticPage(
        .contradictingKeys, name: "contradicting-keys", title: "Keys that do not go together",
        meaning: """
            Two keys say different things of one matter, or a key stands without the one that gives it a meaning. \
            They may come from different layers.
            """,
        reason: "One of them would win without a word.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            pricing: {markup: 1.3, per_message: 0.01}
            """
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            pricing: {markup: 1.3}
            """
        ],
        remedy: """
            Keep the one that is meant. If a template or an environment sets the other, write `null` for it in the \
            bot's file; `botctl show NAME --origin` says where each value comes from.
            """)
}
