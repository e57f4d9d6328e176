private import Glibc

/// The start of the program.
package enum BotctlMain {
    /// Runs the command line of this process, and ends the process with its status.
    @concurrent
    package static func run() async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let status = await Botctl.run(Array(CommandLine.arguments.dropFirst()), in: .process())
        exit(status)
    }
}
