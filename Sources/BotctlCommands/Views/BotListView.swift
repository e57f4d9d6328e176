import BotConfiguration
import Deployment
import JSONCoding

/// The bots of an environment with their states.
struct BotListView: ResultView {
    let project: Project
    let plan: Plan
    /// Those that are shown.
    let bots: [BotChange]
    let replicas: [ReplicaReport]

    private func state(of change: BotChange) -> BotState {
        BotState(of: change, serial: plan.base?.serial, replicas: replicas)
    }

    /// Writes a table to standard output, and where things stand to standard error.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(["BOT", "STATE", "KIND", "REGION", "UPSTREAM MODEL"])
        for change in bots {
            let bot = project.bot(named: change.name)
            let state = state(of: change)
            table.append([
                TextTable.Cell(change.name, paint: style.bold),
                TextTable.Cell(state.rawValue, paint: paint(for: state, style)),
                TextTable.Cell(bot?.config.kind.rawValue ?? change.old?.kind ?? ""),
                TextTable.Cell(bot?.config.model.region ?? ""),
                TextTable.Cell(bot?.config.model.upstreamID ?? ""),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
        let deployed = plan.base.map { "serial \($0.serial)" } ?? "nothing deployed yet"
        terminal.note("\(project.environment.name): \(deployed), \(Count.text(replicas.count, "live gateway"))")
    }

    private func paint(for state: BotState, _ style: TextStyle) -> @Sendable (String) -> String {
        switch state {
        case .new, .inSync: style.green
        case .changed, .lagging: style.yellow
        case .removed: style.red
        case .disabled: style.dim
        }
    }

    /// The list for scripts.
    var json: JSONObject {
        [
            "environment": .string(project.environment.name),
            "serial": plan.base.map { .integer($0.serial) } ?? .null,
            "live_gateways": .integer(replicas.count),
            "bots": .array(bots.map(json)),
        ]
    }

    private func json(_ change: BotChange) -> JSONValue {
        let bot = project.bot(named: change.name)
        return [
            "name": .string(change.name),
            "state": .string(state(of: change).rawValue),
            "kind": .string(bot?.config.kind.rawValue ?? change.old?.kind ?? ""),
            "enabled": .bool(bot?.isEnabled ?? change.old?.isEnabled ?? false),
            "file": bot.map { .string($0.file) } ?? .null,
            "region": bot.map { .string($0.config.model.region) } ?? .null,
            "upstream_model": bot.map { .string($0.config.model.upstreamID) } ?? .null,
            "digest": bot.map { .string($0.stored.digest.text) } ?? .null,
            "deployed_digest": change.old.map { .string($0.digest.text) } ?? .null,
        ]
    }
}
