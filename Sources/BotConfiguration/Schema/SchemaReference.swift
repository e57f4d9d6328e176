/// The reference page of the configuration, made of the schema that decodes and validates it.
package enum SchemaReference {
    /// The page in Markdown.
    package static var markdown: String {
        """
        # Configuration reference

        Made from the schema that decodes and validates the files; do not edit it by hand. `botctl explain KEY` shows \
        the same for one key, `botctl schema` prints it as JSON Schema for editors.

        Layers, weakest first: schema defaults, the template (`templates/DEFAULT_CHAT_CONFIG.yaml`, or the one that \
        `template:` names), the bot's file in `bots.d/`, the environment's `overrides` and `bots` in `botctl.yaml`, \
        `--set`. Maps merge, scalars and lists replace, an explicit `null` returns to the schema default.

        A key marked *later* is checked and kept but has no effect in this version yet; using it is a warning.

        ## A bot: `bots.d/NAME.yaml`

        Only `model` is required. A template has the same keys but `name`, `aliases`, `template` and `renamed_from`.

        \(chapter(BotSchema.bot))

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

        \(chapter(ProjectSchema.project))

        ## Facts about models: `catalog.d/NAME.yaml`

        Optional. botctl carries a catalog of models; what it does not know yet, or knows wrongly, a project says \
        itself. A file holds one model, or several in a list under `models`. Only `id` is required: it says that the \
        model exists. What is said goes over what botctl knows of the same id: maps merge, scalars and lists replace, \
        and `null` says nothing. A bot keeps the facts about its model when it is deployed, so that gateways need no \
        such files. `botctl catalog show ID` shows what is known of a model and where it comes from.

        ```yaml
        # catalog.d/rocket.yaml
        id: acme.rocket-2-v1:0
        context_tokens: 200000
        max_output_tokens: 8192
        capabilities: {tools: true, vision: true}
        regions: [us-east-1, us-west-2]
        prices: {input_usd_per_million: 0.3, output_usd_per_million: 1.2}
        ```

        While no region is known of a model, be it a profile's, its id is sent as it is, whatever the bot's region; \
        once one is, ids are resolved as for every other model.

        \(chapter(FactsSchema.model))

        ## How values are written

        | What | How | Examples |
        |---|---|---|
        | length of time | number and unit; units `ms`, `s`, `m`, `h`, large to small | `500ms`, `30s`, `1m30s` |
        | size | number and unit; `kB`, `MB`, `GB` are powers of 1000, `KiB`, `MiB`, `GiB` of 1024 | `512KiB`, `10MB` |
        | money | US dollars as a decimal number, never rounded | `0.25`, `$0.25` |
        | true or false | only these two words | `true` |
        | text | quotes only where YAML would read something else | `"1"`, `"null"` |

        ## Secrets

        A secret is never in a file, only a reference to one: `${env:NAME}` or `${file:PATH}`, relative to the \
        project. It may hold `{name}`, `{NAME}` (upper case, other characters `_`) and `{environment}`; of a list the \
        first that has a value counts. A Poe access key is exactly 32 printable ASCII characters.

        """
    }
}

// MARK: - Tables

extension SchemaReference {
    /// A table of the keys without keys of their own, then a section for each of the others.
    private static func chapter(_ schema: ObjectSchema) -> String {
        let sections = schema.fields.filter { sectionSchema($0) != nil }
        let plain = table(schema.fields, [])
        return ([plain] + sections.map { section($0) }).joined(separator: "\n\n")
    }

    private static func section(_ field: SchemaField) -> String {
        guard let schema = sectionSchema(field) else { return "" }
        let path = [nestedName(field)]
        var parts = ["### `\(field.key)`", field.summary]
        parts.append(table(schema.fields, path, isDeep: true))
        return parts.joined(separator: "\n\n")
    }

    /// The keys within a key; nil for those whose keys stand elsewhere on the page already: overrides have the keys of
    /// a bot, and prices of one way of calling those of another.
    private static func sectionSchema(_ field: SchemaField) -> ObjectSchema? {
        field.repeatsKeys ? nil : field.type.nestedSchema
    }

    /// How paths within a key start: `model`, `smoke[]`, `environments.NAME`.
    private static func nestedName(_ field: SchemaField) -> String {
        switch field.type {
        case .list: "\(field.key)[]"
        case .map: "\(field.key).NAME"
        default: field.key
        }
    }

    private static func table(_ fields: [SchemaField], _ path: [String], isDeep: Bool = false) -> String {
        (["| Key | Value | Default | Meaning |", "|---|---|---|---|"] + rows(fields, path, isDeep: isDeep))
            .joined(separator: "\n")
    }

    private static func rows(_ fields: [SchemaField], _ path: [String], isDeep: Bool) -> [String] {
        fields.flatMap { field -> [String] in
            let row = row(field, path + [field.key])
            guard isDeep, let nested = sectionSchema(field) else { return [row] }
            return [row] + rows(nested.fields, path + [nestedName(field)], isDeep: true)
        }
    }

    private static func row(_ field: SchemaField, _ path: [String]) -> String {
        let name = path.joined(separator: ".")
        let required = field.isRequired ? "required" : ""
        let shown = field.defaultValue.map { "`\($0.text)`" } ?? required
        return "| `\(name)` | \(field.type.description) | \(shown) | \(meaning(of: field)) |"
    }

    private static func meaning(of field: SchemaField) -> String {
        var text = ""
        if field.availability == .later { text += "*later* · " }
        text += field.summary
        if let deprecation = field.deprecation {
            text += " Deprecated: \(deprecation.reason)."
        } else if let example = field.examples.first {
            text += " Such as `\(example)`."
        }
        return text
    }
}
