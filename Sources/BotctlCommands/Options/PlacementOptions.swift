import ArgumentParser
import BotConfiguration
import Scaffolding

/// Where a new bot's model is called, and what lies beneath the bot.
struct PlacementOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The region that is called. Default: the template's, or else the nearest that has the model.",
            valueName: "region"), completion: .regions)
    var region: String?

    @Option(
        help: ArgumentHelp(
            "The inference profile: auto, none, or a prefix such as us, eu or global. Default: the template's.",
            valueName: "profile"), completion: .profiles)
    var profile: String?

    @Option(
        help: ArgumentHelp("The template. Default: DEFAULT_<KIND>_CONFIG.", valueName: "name"), completion: .templates)
    var template: String?

    @Option(
        help: ArgumentHelp(
            "What the bot makes: chat, image or video. Default: what its model does, of an unknown one what its nearest relative does.",
            valueName: "kind"))
    var kind: BotKind?

    @Option(
        name: .customLong("model-output"),
        help: ArgumentHelp(
            "Where a video model puts its results: s3://bucket/prefix. Default: the template's.", valueName: "place"))
    var modelOutput: String?

    /// The bot of a model, placed as the options say.
    func request(modelID: String, name: String?) -> BotRequest {
        BotRequest(
            modelID: modelID, name: name, region: region, profile: profile, template: template, output: modelOutput,
            kind: kind)
    }
}

extension BotKind: ExpressibleByArgument {}
