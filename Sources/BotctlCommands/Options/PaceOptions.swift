import ArgumentParser

/// How fast the simulator answers.
struct PaceOptions: ParsableArguments {
    @Option(
        name: .customLong("tokens-per-second"),
        help: ArgumentHelp("How fast the simulator answers. Default: at once.", valueName: "n"))
    var tokensPerSecond: Double?

    func validate() throws {
        if let tokensPerSecond, !(tokensPerSecond > 0 && tokensPerSecond <= 1_000_000) {
            throw ValidationError("--tokens-per-second must be more than 0 and at most 1000000")
        }
    }
}
