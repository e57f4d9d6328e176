import Secrets

/// The reference page of the configuration, made of the schema that decodes and validates it.
package enum SchemaReference {
    /// The page in Markdown.
    package static var markdown: String {
        """
        # Configuration reference

        Made from the schema that decodes and validates the files; do not edit it by hand.

        Layers, weakest first: schema defaults, the template (`templates/DEFAULT_CHAT_CONFIG.yaml`, or the one that \
        `template:` names), the bot's file in `bots.d/`, the environment's `overrides` and `bots` in `botctl.yaml`, \
        `--set`. Maps merge, scalars and lists replace, an explicit `null` returns to the schema default.

        ## A bot: `bots.d/NAME.yaml`

        Only `model` is required. A template has the same keys but `name`, `aliases`, `template` and `renamed_from`.

        \(table(BotSchema.bot))

        ## The project: `botctl.yaml`

        Optional. Without it there is one environment, `local`: state in `.botctl/state/local`, the gateway at \
        `http://127.0.0.1:8080`, the embedded simulator as model service.

        ```yaml
        default_environment: local
        environments:
          local: {upstream: simulator}
          production:
            upstream: aws
            gateway: {url: https://bots.example.com}
            overrides: {limits: {max_concurrent: 200}}
            bots: {claude-sonnet: {model: {region: eu-west-1}}}
        ```

        \(table(ProjectSchema.project))

        ## Secrets

        A secret is never in a file, only a reference to one: `${env:NAME}` or `${file:PATH}`, relative to the \
        project. It may hold `{name}`, `{NAME}` (upper case, other characters `_`) and `{environment}`; of a list the \
        first that has a value counts. A Poe access key is exactly 32 printable ASCII characters.

        """
    }

    private static func table(_ schema: ObjectSchema) -> String {
        (["| Key | Value | Default | Meaning |", "|---|---|---|---|"] + rows(schema, [])).joined(separator: "\n")
    }

    private static func rows(_ schema: ObjectSchema, _ path: [String]) -> [String] {
        schema.fields.filter { $0.availability == .now }.flatMap { field -> [String] in
            let fieldPath = path + [field.key]
            let name = fieldPath.joined(separator: ".")
            let required = field.isRequired ? "required" : ""
            let shown = field.defaultValue.map { "`\(text($0))`" } ?? required
            let row = "| `\(name)` | \(field.type.description) | \(shown) | \(field.summary) |"
            // Overrides have the keys of a bot, which stand in a table of their own.
            if field.key == "overrides" || field.key == "bots" { return [row] }
            switch field.type {
            case .object(let nested): return [row] + rows(nested, fieldPath)
            case .list(.object(let nested), _): return [row] + rows(nested, path + ["\(field.key)[]"])
            case .map(.object(let nested), _): return [row] + rows(nested, fieldPath + ["NAME"])
            default: return [row]
            }
        }
    }

    private static func text(_ value: ConfigValue) -> String {
        switch value {
        case .text(let text): text
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let number): number.text
        case .milliseconds(let count): DurationText.text(ofMilliseconds: count)
        case .secret(let references): "[\(references.map(\.text).joined(separator: ", "))]"
        case .list: "[]"
        case .object, .json: "{}"
        case .reset: "null"
        }
    }
}
