import Diagnostics

extension DiagnosticPage {
    static let duplicateName = DiagnosticPage(
        .duplicateName, name: "duplicate-name", title: "A name that is taken",
        meaning: """
            Two bots have one name, an alias is another bot's name or alias, two templates have one name, or two \
            smoke cases of a bot have. Or `renamed_from` names a bot that there still is, the bot itself, or a name \
            that another bot claims as well. The note shows where the first one is.
            """,
        reason: "A name is a path of the gateway, a key of the manifest and a label of metrics: it can mean one bot.",
        wrong: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            aliases: [nova-micro]
            """,
        ],
        right: [
            "bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0",
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            aliases: [nova]
            """,
        ],
        remedy: "Rename one of them: the file, its `name:`, or the alias.")

    static let invalidName = DiagnosticPage(
        .invalidName, name: "invalid-name", title: "A file name that cannot be a bot's name",
        meaning: """
            A bot is named after its file unless `name:` says otherwise, and the file's name has capitals, spaces or \
            other characters that no name has.
            """,
        reason: "The name becomes part of URLs, file names and metric labels, where such characters do harm.",
        wrong: ["bots.d/Nova Micro.yaml": "model: amazon.nova-micro-v1:0"],
        right: ["bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0"],
        remedy: """
            Rename the file, or set `name:`: lower-case letters, digits, `.` and `-`, at most 63. How the bot is \
            called on Poe is `poe.handle`.
            """)

    static let unknownTemplate = DiagnosticPage(
        .unknownTemplate, name: "unknown-template", title: "A template that does not exist",
        meaning: "`template:` names no file of `templates/`.",
        reason: "The bot would run without everything that its template was to set.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            template: CAREFULL
            """,
            "templates/CAREFUL.yaml": "parameters: {temperature: 0.2}",
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            template: CAREFUL
            """,
            "templates/CAREFUL.yaml": "parameters: {temperature: 0.2}",
        ],
        remedy: "Write the file's name without `.yaml`, or create the file. Capitals count.")

    static let noRouteToModel = DiagnosticPage(
        .noRouteToModel, name: "no-route-to-model", title: "No way to call the model from there",
        meaning: """
            Model, region and inference profile do not fit together: the region does not have the model on demand, \
            or the profile cannot be used from it.
            """,
        reason: "Every request would fail with an error of the model service.",
        wrong: ["bots.d/claude-sonnet.yaml": "model: {id: us.anthropic.claude-sonnet-5-5, region: eu-west-1}"],
        right: ["bots.d/claude-sonnet.yaml": "model: {id: anthropic.claude-sonnet-5-5, region: eu-west-1}"],
        remedy: """
            Leave `profile` and the id's prefix out: botctl then takes what works from the region. Or take one of the \
            regions that the help names. What is newer than the catalog goes into `catalog.d/`.
            """)

    static let unknownRegion = DiagnosticPage(
        .unknownRegion, name: "unknown-region", title: "A region that is probably misspelt",
        meaning: """
            `region` or `failover_regions` names a region that no model of the catalog is in, and that is not made of \
            the words of which AWS makes names of regions. Of a model whose regions are known the same mistake is \
            BOT053.
            """,
        reason: "No such host exists, so that every request would fail; of a failover only on the day it is needed.",
        wrong: [
            "bots.d/rocket.yaml": "model: {id: acme.rocket-1, region: us-esat-1}",
            "catalog.d/rocket.yaml": "id: acme.rocket-1",
        ],
        right: [
            "bots.d/rocket.yaml": "model: {id: acme.rocket-1, region: us-east-1}",
            "catalog.d/rocket.yaml": "id: acme.rocket-1",
        ],
        remedy: """
            Write the region that is meant. It is a warning only, because AWS may have opened it since this botctl was \
            made: then keep it with `# botctl:ignore BOT070 -- why`.
            """)

    static let keyInClear = DiagnosticPage(
        .keyInClear, name: "key-in-clear", title: "A key that anybody on the way can read",
        meaning: """
            `base_url` is an `http://` URL of a host on the internet, and the bot has an `api_key`; or `gateway.url`, \
            `poe.base_url` or `poe.upload_url` of an environment is such a URL.
            """,
        reason: """
            Every request carries the key, without encryption. Whoever reads it on the way can call the service on \
            your account. With a bot's access key they can ask the bot and change what Poe shows of it, so botctl and \
            its gateways refuse to send one to such a place.
            """,
        wrong: [
            "bots.d/rocket.yaml": """
            model:
              provider: openai
              id: rocket-1
              base_url: http://models.example.com/v1
              api_key: "${env:ROCKET_API_KEY}"
            """
        ],
        right: [
            "bots.d/rocket.yaml": """
            model:
              provider: openai
              id: rocket-1
              base_url: https://models.example.com/v1
              api_key: "${env:ROCKET_API_KEY}"
            """
        ],
        remedy: """
            Write `https://`. A service without encryption belongs on the same machine, or behind a proxy that encrypts; \
            one that needs no key should get none. What is in a private network is BOT072. Where access keys would be \
            sent, neither `rules` nor a comment makes less of it.
            """)

    static let keyInClearWithinNetwork = DiagnosticPage(
        .keyInClearWithinNetwork, name: "key-in-clear-within-network",
        title: "A key that anybody in the network can read",
        meaning: """
            `base_url` is an `http://` URL of a private address, or of a name that no public host can have, and the bot \
            has an `api_key`; or `gateway.url`, `poe.base_url` or `poe.upload_url` of an environment is such a URL.
            """,
        reason: "Every request carries the key, without encryption. Whoever listens in that network can use it.",
        wrong: [
            "bots.d/rocket.yaml": """
            model: {provider: openai, id: rocket-1, base_url: "http://10.0.0.7:8000/v1", api_key: "${env:ROCKET_API_KEY}"}
            """
        ],
        right: [
            "bots.d/rocket.yaml": """
            model: {provider: openai, id: rocket-1, base_url: "https://10.0.0.7:8443/v1", api_key: "${env:ROCKET_API_KEY}"}
            """
        ],
        remedy: """
            Let the service encrypt, or put a proxy in front of it that does. Where the network is trusted, as within a \
            machine's containers, keep it with `# botctl:ignore BOT072 -- why`.
            """)

    static let unsupportedModelKind = DiagnosticPage(
        .unsupportedModelKind, name: "unsupported-model-kind", title: "A model that makes something else",
        meaning: "The model does not make what the bot is to answer with: it embeds, ranks, speaks or paints.",
        reason: "No handler can make a conversation of it.",
        wrong: ["bots.d/search.yaml": "model: cohere.embed-english-v3"],
        right: ["bots.d/search.yaml": "model: amazon.nova-pro-v1:0"],
        remedy: "Choose a model of the right kind: `botctl catalog list` shows them.")

    static let unknownModel = DiagnosticPage(
        .unknownModel, name: "unknown-model", title: "A model that the catalog does not know",
        meaning: """
            Neither the catalog in this botctl nor the project's `catalog.d/` has the model's id. It is misspelt, or \
            newer than both.
            """,
        reason: "A misspelt id is the likeliest fault of a new bot, and otherwise shows at the first request.",
        wrong: ["bots.d/nova-micro.yaml": "model: amazon.nova-mikro-v1:0"],
        right: ["bots.d/nova-micro.yaml": "model: amazon.nova-micro-v1:0"],
        remedy: """
            Take the id that the help names, or look for it with `botctl catalog search`. For a model that is really \
            new, write its facts to `catalog.d/`, as `botctl onboard ID` does; once, `--allow-unknown-model` will do.
            """)

    static let endOfLife = DiagnosticPage(
        .endOfLife, name: "end-of-life", title: "A model with an announced end of life",
        meaning: """
            The vendor calls the model legacy, or the announced day of its end has passed or comes within 90 days. \
            For some models the day means: not before.
            """,
        reason: "From that day on, or soon after, every request fails.",
        wrong: ["bots.d/claude-opus.yaml": "model: anthropic.claude-opus-4-1-20250805-v1:0"],
        right: ["bots.d/claude-opus.yaml": "model: anthropic.claude-opus-5-5"],
        remedy: """
            Move to a successor while there is time: change the id, deploy, and go back if users miss something \
            (docs/going-live.md). \
            Because such dates move, it is never an error, and `rules:` can only turn it off.
            """)

    static let floatingModel = DiagnosticPage(
        .floatingModel, name: "floating-model", title: "A model id that changes its meaning",
        meaning: """
            The id names whatever is current: it ends in `-latest` or `$LATEST`, or is the ARN of a router that \
            chooses a model by itself.
            """,
        reason:
            "Answers can change from one day to the next without a deploy, and a rollback does not bring them back.",
        wrong: [
            "bots.d/router.yaml": """
            model: "arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/anthropic.claude:1"
            """
        ],
        right: ["bots.d/router.yaml": "model: anthropic.claude-sonnet-5-5"],
        remedy: """
            Name one version of the model. Where floating is what you want, silence the warning with \
            `# botctl:ignore BOT057`. With `pinned: true` it is an error.
            """)

    static let otherEndpoint = DiagnosticPage(
        .otherEndpoint, name: "other-endpoint", title: "A model on another endpoint of the vendor",
        meaning:
            "The catalog knows the model only behind `bedrock-mantle`, which is not the service that botctl calls.",
        reason: "`bedrock-runtime` answers every request that the model does not exist.",
        wrong: ["bots.d/gpt-oss.yaml": "model: openai.gpt-oss-120b"],
        right: ["bots.d/gpt-oss.yaml": "model: openai.gpt-oss-120b-1:0"],
        remedy: """
            Take the id under which `bedrock-runtime` has the model: `botctl catalog search` shows whether there is \
            one. The ids of the two services often differ by an ending such as `-v1:0`.
            """)

    static let sharedAccessKey = DiagnosticPage(
        .sharedAccessKey, name: "shared-access-key", title: "Two bots with one access key",
        meaning: """
            Two bots name the same secret as the key that Poe calls them with. Of a list only the first counts here.
            """,
        reason: "Who has the key of one can call the other in Poe's name, and a new key is new for both.",
        wrong: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {access_key: "${env:NOVA_KEY}"}
            """,
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            poe: {access_key: "${env:NOVA_KEY}"}
            """,
        ],
        right: [
            "bots.d/nova-micro.yaml": """
            model: amazon.nova-micro-v1:0
            poe: {access_key: "${env:NOVA_MICRO_KEY}"}
            """,
            "bots.d/nova-pro.yaml": """
            model: amazon.nova-pro-v1:0
            poe: {access_key: "${env:NOVA_PRO_KEY}"}
            """,
        ],
        remedy: """
            Give every bot its own. `${env:POE_ACCESS_KEY_{NAME}}` in the template does it for all bots at once.
            """)
}
