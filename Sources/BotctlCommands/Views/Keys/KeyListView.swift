import Deployment
import JSONCoding
import WallClock

/// The keys of an environment.
struct KeyListView: ResultView {
    let environment: String
    let keys: [APIKey]
    let now: Timestamp

    /// Writes a table to standard output.
    func show(_ terminal: Terminal) {
        guard !keys.isEmpty else {
            terminal.note("\(environment): there is no key yet; 'botctl key new' makes one")
            return
        }
        let style = terminal.outputStyle
        var table = TextTable(["ID", "STATE", "BOTS", "CREATED", "BY", "EXPIRES", "NOTE"], unbroken: [0, 1, 3, 5])
        for key in keys {
            let state = key.state(at: now)
            table.append([
                TextTable.Cell(key.id, paint: style.bold),
                TextTable.Cell(state.rawValue, paint: state == .valid ? style.green : style.dim),
                TextTable.Cell(key.bots.map { $0.sorted().joined(separator: ", ") } ?? "all"),
                TextTable.Cell(Self.day(key.created)), TextTable.Cell(key.by),
                TextTable.Cell(key.expires.map(end) ?? "never"), TextTable.Cell(key.note),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
    }

    /// The day in UTC; scripts get the second.
    private static func day(_ time: Timestamp) -> String { String(time.iso8601.prefix { $0 != "T" }) }

    /// When a key ends; of one that ends within two days the minute matters.
    private func end(_ time: Timestamp) -> String {
        guard time.since(now) < .seconds(172_800) else { return Self.day(time) }
        return "\(Self.day(time)) \(time.iso8601.dropFirst(11).prefix(5))"
    }

    /// The keys for scripts.
    var json: JSONObject {
        [
            "environment": .string(environment),
            "keys": .array(
                keys.map { key in
                    var object = key.viewJSON
                    object.append("state", .string(key.state(at: now).rawValue))
                    return .object(object)
                }),
        ]
    }
}
