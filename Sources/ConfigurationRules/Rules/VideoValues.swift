import BotConfiguration
import Diagnostics
import JSONCoding
import MediaGeneration

/// What a bot's own file sets of its videos, against what the model makes.
struct VideoValues: MediaCheck {
    let bot: MergedBot
    let model: String
    let shape: any VideoModelShape

    private var limits: VideoModelLimits { shape.limits }

    /// What does not go together.
    var findings: [Finding] {
        [ratio(among: limits.aspectRatios), seconds, lines].compactMap(\.self) + ignored
    }

    private var seconds: Finding? {
        guard let wished = integer("seconds"), !limits.seconds.contains(wished) else { return nil }
        let nearest = limits.seconds.min { abs($0 - wished) < abs($1 - wished) }
        let lengths =
            limits.seconds.count > 5
            ? "multiples of \(limits.seconds[0]) up to \(limits.seconds.last ?? 0)"
            : limits.seconds.map(String.init).joined(separator: " or ")
        return refusal(
            "seconds", "its videos run \(lengths) seconds",
            help: nearest.map { "write \($0)" } ?? "remove it")
    }

    private var lines: Finding? {
        guard let wished = text("resolution"), let lines = Int(wished.dropLast()), !limits.lines.contains(lines) else {
            return nil
        }
        return refusal(
            "resolution", "it makes no \(wished)",
            help: "valid here: \(limits.lines.map { "\($0)p" }.joined(separator: ", "))")
    }

    /// Values that change nothing of what is sent.
    private var ignored: [Finding] {
        func isSent(_ change: (inout VideoRequest) -> Void) -> Bool {
            let plain = VideoRequest(prompt: "x")
            var changed = plain
            change(&changed)
            return (try? shape.input(of: plain)) != (try? shape.input(of: changed))
        }
        var findings: [Finding] = []
        if own("seed") != nil, !isSent({ $0.seed = 1 }) {
            findings.append(refusal("seed", "it has no such parameter", help: "remove it"))
        }
        if own("loop")?.value == .boolean(true), !isSent({ $0.isLoop = true }) {
            findings.append(refusal("loop", "it has no such parameter", help: "remove it"))
        }
        return findings
    }
}
