/// The keys of `botctl.yaml`.
package enum ProjectSchema {
    package static let project = ObjectSchema([
        SchemaField("default_environment", .text(.identifier), "The environment that is meant where -e names none."),
        SchemaField(
            "environments", .map(.object(environment), limit: 100), "Where manifests and their gateways live."),
        .later("rules", "The severity of each rule."),
        .later("gateway", "What 'serve' needs beyond its flags."),
    ])

    /// The keys of an environment.
    static let environment = ObjectSchema([
        SchemaField(
            "state", .text(.any(limitInBytes: 1024)),
            "The state store: a directory relative to the project. .botctl/state/<environment> where it is absent."),
        SchemaField(
            "upstream", .choice(["aws", "simulator"]),
            "Which model service the gateways call. The simulator is embedded in the gateway, for laptops and CI."),
        SchemaField("gateway", .object(gateway), "Where smoke finds the doors."),
        SchemaField(
            "candidate", .choice(["local"], later: ["fleet"]), "Where the candidate of a deploy is smoked."),
        .later("protected", "Whether only a saved plan from a clean checkout deploys."),
        SchemaField("overrides", .object(BotSchema.overrides), "Values for all bots in this environment."),
        SchemaField(
            "bots", .map(.object(BotSchema.overrides), limit: 100_000), "Values for single bots in this environment."),
        .later("poe", "Whether and where settings are sent to Poe."),
    ])

    private static let gateway = ObjectSchema([
        SchemaField("url", .text(.url), "The gateway's base URL.")
    ])
}
