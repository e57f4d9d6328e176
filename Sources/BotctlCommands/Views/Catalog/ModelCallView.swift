import ModelCatalog
import Scaffolding

/// How a model is called from a region, and the bot file that does.
struct ModelCallView {
    let facts: ModelFacts
    let region: String
    let call: ModelCall

    /// The ways to call it, and what to do where there is none.
    var lines: [String] {
        let routes = facts.routes(from: region)
        var lines = routes.map(line)
        if let problem = call.problem {
            lines += text(problem)
        } else if routes.isEmpty {
            lines.append("\(call.upstreamID ?? facts.id), sent as it is: its regions are not known")
        }
        return lines
    }

    private func line(_ route: ModelRoute) -> String {
        let isChosen = facts.kind == .text && route.upstreamID == call.upstreamID
        let mark = isChosen ? " (what a bot sends that names no profile)" : ""
        guard let profile = route.profile else { return "\(route.upstreamID), on demand\(mark)" }
        if profile.isGlobal {
            let condition = isChosen ? mark : " (with 'profile: global' only)"
            return "\(route.upstreamID), answered in any commercial region\(condition)"
        }
        let regions = profile.routesTo.map { "answered in \($0.joined(separator: ", "))" } ?? "a profile"
        return "\(route.upstreamID)\(mark), \(regions)"
    }

    private func text(_ problem: ProfileResolutionError) -> [String] {
        guard problem.reason != .notServedByRuntime else { return ["not at all: bedrock-runtime does not serve it"] }
        let regions = problem.workingRegions.joined(separator: ", ")
        if problem.globalProfileWorks {
            return regions.isEmpty ? [] : ["a bot that names no profile needs another region: \(regions)"]
        }
        let refusal = "not by its bare id, nor by a profile of its geography"
        return regions.isEmpty ? [refusal] : [refusal, "regions that work: \(regions)"]
    }

    /// The smallest bot file of the model: its path, and its one line.
    var bot: (file: String, line: String)? { call.bot.map { ("bots.d/\($0.name).yaml", $0.modelLine) } }
}
