import BotConfiguration
import ModelCatalog

/// The bots of a project, as far as new ones must keep out of their way.
struct ExistingBots {
    /// Names and aliases of bots, and names of files, each with the file.
    private var files: [String: String] = [:]
    /// The base id of each bot's model.
    private var models: [String: String] = [:]
    /// The first bot of each model.
    private var byModel: [String: String] = [:]

    /// The bots of a project; a file that is broken still has its name.
    init(_ sources: ProjectSources) {
        for stem in sources.unreadableBots { files[stem] = stem }
        for file in sources.botFiles {
            files[file.stem] = file.name
            files[file.botName] = file.name
            guard let layer = file.layer else { continue }
            if case .list(let aliases)? = layer.node(at: ["aliases"])?.value {
                for alias in aliases { if case .text(let name) = alias.value { files[name] = file.name } }
            }
            if case .text(let id)? = layer.node(at: ["model", "id"])?.value {
                let base = ModelCatalog.baseID(of: id)
                models[file.botName] = base
                byModel[base] = byModel[base] ?? file.botName
            }
        }
    }

    /// Finds the name of a bot that is wanted, and keeps it from others.
    mutating func claim(_ request: BotRequest) -> Result<String, ScaffoldRefusal> {
        let result = name(for: request)
        if case .success(let name) = result {
            files[name] = "\(name).yaml"
            let base = ModelCatalog.baseID(of: request.modelID)
            byModel[base] = byModel[base] ?? name
        }
        return result
    }

    private func name(for request: BotRequest) -> Result<String, ScaffoldRefusal> {
        if let name = request.name {
            guard TextFormat.botName.accepts(name) else {
                return .failure(
                    ScaffoldRefusal(
                        .name, "'\(name)' cannot be a bot's name", hint: "write \(TextFormat.botName.description)"))
            }
            guard let file = files[name] else { return .success(name) }
            if models[name] == ModelCatalog.baseID(of: request.modelID) { return .failure(.exists(name, request)) }
            return .failure(
                ScaffoldRefusal(
                    .taken, "'\(name)' is taken: \(file)", hint: "nothing is overwritten; choose another name"))
        }
        if let bot = byModel[ModelCatalog.baseID(of: request.modelID)] {
            return .failure(.exists(bot, request))
        }
        let names = BotNaming.names(for: request.modelID)
        if let name = names.first(where: { files[$0] == nil }) { return .success(name) }
        guard let name = names.first else {
            return .failure(
                ScaffoldRefusal(
                    .name, "no name can be made of '\(request.modelID)'", hint: "say how the bot is to be named"))
        }
        return .failure(
            ScaffoldRefusal(
                .taken, "'\(name)' is taken: \(files[name] ?? name)", hint: "say how the bot is to be named"))
    }
}

extension ScaffoldRefusal {
    fileprivate static func exists(_ bot: String, _ request: BotRequest) -> ScaffoldRefusal {
        ScaffoldRefusal(
            .exists(bot: bot), "'\(bot)' is a bot of \(request.modelID) already",
            hint: "for a second one, say how it is to be named")
    }
}
