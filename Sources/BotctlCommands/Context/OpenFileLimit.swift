private import Glibc

/// How many files and sockets this process may have open.
enum OpenFileLimit {
    /// What a process needs beside the connections of its clients.
    private static let reserve = 128

    /// Raises the limit to the most that the system lets this process have.
    ///
    /// - Returns: The limit now; nil when it cannot be told.
    @discardableResult
    static func raise() -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        if limit.rlim_cur < limit.rlim_max {
            var wanted = limit
            wanted.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &wanted) == 0 { limit = wanted }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// How many clients a server may take: an open answer needs a socket to its client, one to the model service, and
    /// with the embedded simulator one on its side too.
    ///
    /// Past the limit a process cannot even open what it needs to go on, so it must not be reached.
    static func connections(atMost wanted: Int) -> Int {
        guard let files = raise() else { return wanted }
        return max(8, min(wanted, (files - reserve) / 3))
    }
}
