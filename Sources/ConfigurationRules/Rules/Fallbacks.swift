import BotConfiguration
import Diagnostics
import Suggestions

/// Fallbacks that lead nowhere: to a bot that is not there, or round in a circle.
struct Fallbacks: EnvironmentRule {
    let codes: [DiagnosticCode] = [.unknownFallback, .fallbackCircle]

    func findings(in project: Project, of subject: RuleSubject) -> [Finding] {
        var targets: [String: String] = [:]
        var nodes: [String: ConfigNode] = [:]
        var order: [String] = []
        var findings: [Finding] = []
        var suggestions = FallbackSuggestions(names: subject.botNames)
        for bot in project.mergedBots {
            guard let node = bot.node("fallback", "to"), let written = bot.text("fallback", "to") else { continue }
            guard let target = subject.botNames[written] else {
                findings.append(unknown(written, at: node, of: bot, meant: suggestions.meant(by: written)))
                continue
            }
            targets[bot.name] = target
            nodes[bot.name] = node
            order.append(bot.name)
        }
        return findings + circles(targets, nodes, in: order)
    }

    private func unknown(_ name: String, at node: ConfigNode, of bot: MergedBot, meant: String?) -> Finding {
        Finding(
            .unknownFallback, "'fallback.to' names '\(name)', which is no bot", at: node.origin, file: bot.file.name,
            help: [meant.map { "did you mean '\($0)'?" } ?? "name a bot of this project, or remove 'fallback'"])
    }

    /// Every bot leads to at most one other, so that walking on from each until a bot is met again finds all circles
    /// in the time that it takes to pass each bot once.
    private func circles(
        _ targets: [String: String], _ nodes: [String: ConfigNode], in order: [String]
    ) -> [Finding] {
        var passed: Set<String> = []
        var findings: [Finding] = []
        for start in order where !passed.contains(start) {
            var way: [String] = []
            var positions: [String: Int] = [:]
            var next: String? = start
            while let name = next, !passed.contains(name) {
                passed.insert(name)
                positions[name] = way.count
                way.append(name)
                next = targets[name]
            }
            guard let name = next, let position = positions[name] else { continue }
            findings.append(circle(Array(way[position...]), nodes))
        }
        return findings
    }

    private func circle(_ names: [String], _ nodes: [String: ConfigNode]) -> Finding {
        // The circle starts with its first name, so that it reads the same wherever it was entered.
        let first = names.indices.min { names[$0] < names[$1] } ?? 0
        let round = Array(names[first...] + names[..<first])
        let shown = round.count > 8 ? Array(round.prefix(7)) + ["…"] : round
        let message =
            round.count == 1
            ? "'\(round[0])' falls back to itself"
            : "the fallbacks go in a circle: \((shown + [round[0]]).joined(separator: " -> "))"
        return Finding(
            .fallbackCircle, message, at: nodes[round[0]]?.origin,
            help: [round.count == 1 ? "name another bot, or remove it" : "let the last one of them have no fallback"],
            notes: round.dropFirst().prefix(3).map { Finding.Note("'\($0)' goes on here", at: nodes[$0]?.origin) })
    }
}

/// Finds the bots that were meant by names that are none, for the first of them: each goes through all names.
private struct FallbackSuggestions {
    private static let limit = 100

    let names: [String: String]
    private var known: [String: String?] = [:]

    init(names: [String: String]) { self.names = names }

    mutating func meant(by name: String) -> String? {
        if let meant = known[name] { return meant }
        guard known.count < Self.limit else { return nil }
        let meant = Spelling.closest(to: name, among: names.keys)
        known[name] = .some(meant)
        return meant
    }
}
