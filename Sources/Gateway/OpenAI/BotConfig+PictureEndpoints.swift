import BotConfiguration
import BotRuntime

extension BotConfig {
    /// The paths below `/v1/images` at which the bot answers, the first of them the one to begin with.
    var pictureEndpoints: [RoutePattern] {
        switch pictureUse {
        case nil: []
        case .makes: [.imageGenerations]
        case .makesAndChanges: [.imageGenerations, .imageEdits]
        case .changes: [.imageEdits]
        }
    }

    /// The paths of the OpenAI-compatible door at which the bot answers.
    var openAIEndpoints: [RoutePattern] { [.chatCompletions] + pictureEndpoints }
}
