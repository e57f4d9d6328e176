import ArgumentParser
import FileAccess

/// Where a server listens, and how it tells that it does.
struct ListenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where to listen; port 0 picks a free one. Default: 127.0.0.1:8080, simulate 127.0.0.1:8081.",
            valueName: "host:port"))
    var listen: String?

    @Option(
        name: .customLong("ready-file"),
        help: ArgumentHelp("A file that is written with host:port once the process answers.", valueName: "path"),
        completion: .file())
    var readyFile: String?

    /// An address to listen on.
    struct Address: Sendable {
        let host: String
        let port: Int
    }

    /// The address that is asked for, by flag, by `BOTCTL_LISTEN`, or the default.
    ///
    /// - Throws: ``CommandFailure`` for what is no address.
    func address(in context: CommandContext, default fallback: String) throws -> Address {
        let text = listen ?? context.setting("LISTEN") ?? fallback
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon != text.startIndex
        else {
            throw CommandFailure(
                .usage, "'\(text)' is no address to listen on", hint: "write HOST:PORT, such as 127.0.0.1:8080")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return Address(host: host, port: port)
    }

    /// Writes the ready file, if one is wanted.
    func writeReadyFile(_ address: String, in context: CommandContext) throws {
        guard let readyFile else { return }
        try AtomicFileWriter().write(Array((address + "\n").utf8), to: context.absolutePath(readyFile))
    }
}
