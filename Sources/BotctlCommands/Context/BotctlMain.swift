private import Glibc

/// The start of the program.
package enum BotctlMain {
    /// Sets up this process; to be called first, while there is only one thread.
    package static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        MemoryGrowth.takeWholeHeaps()
    }

    /// Runs the command line of this process, and ends the process with its status.
    @concurrent
    package static func run() async -> Never {
        let status = await Botctl.run(Array(CommandLine.arguments.dropFirst()), in: .process())
        exit(status)
    }
}
