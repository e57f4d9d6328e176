import BotConfiguration
import Diagnostics
import JSONCoding
import MediaGeneration

/// What a bot's own file sets of its pictures, against what the model makes.
struct ImageValues: MediaCheck {
    let bot: MergedBot
    let model: String
    let shape: any ImageModelShape

    private var limits: ImageModelLimits { shape.limits }

    /// What does not go together.
    var findings: [Finding] {
        [ratio(among: limits.aspectRatios), size, seed].compactMap(\.self) + ignored
    }

    private var size: Finding? {
        guard let wished = text("size"), !limits.takesSize else { return nil }
        let nearest = PixelSize(wished).flatMap { AspectRatio.nearest(to: $0, among: limits.aspectRatios) }
        return refusal(
            "size", "it takes no size in pixels",
            help: nearest.map { "write 'aspect_ratio: \($0)' instead" } ?? "remove it")
    }

    private var seed: Finding? {
        guard let seed = integer("seed"), !limits.seeds.contains(seed) else { return nil }
        return refusal(
            "seed", "it takes \(limits.seeds.lowerBound) to \(limits.seeds.upperBound)",
            help: "write a number in that range")
    }

    /// Values that change nothing of what is sent.
    private var ignored: [Finding] {
        func isSent(withPicture: Bool = false, _ change: (inout ImageRequest) -> Void) -> Bool {
            let hasPicture = limits.picture == .needed || withPicture && limits.picture == .possible
            let plain = ImageRequest(prompt: "x", picture: hasPicture ? .smallestPicture : nil)
            var changed = plain
            change(&changed)
            return (try? shape.body(of: plain)) != (try? shape.body(of: changed))
        }
        var findings: [Finding] = []
        if own("negative_prompt") != nil, !isSent({ $0.negativePrompt = "y" }) {
            findings.append(refusal("negative_prompt", "it has no such parameter", help: "remove it"))
        }
        if own("strength") != nil, !isSent(withPicture: true, { $0.strength = 0.5 }) {
            findings.append(refusal("strength", "it has no such parameter", help: "remove it"))
        }
        if text("output_format") == ImageFileFormat.jpeg.rawValue, !isSent({ $0.format = .jpeg }) {
            findings.append(refusal("output_format", "it makes PNG files only", help: "remove it"))
        }
        if integer("seed").map(limits.seeds.contains) == true, !isSent({ $0.seed = 1 }) {
            findings.append(refusal("seed", "it has no such parameter", help: "remove it"))
        }
        if own("aspect_ratio") != nil, limits.aspectRatios.isEmpty, !limits.takesSize {
            findings.append(refusal("aspect_ratio", "it keeps that of the picture it is given", help: "remove it"))
        }
        return findings
    }
}
