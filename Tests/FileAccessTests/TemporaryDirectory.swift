import Foundation
import Glibc
import Testing

/// A directory for one test, removed at its end.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/FileAccessTests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    @discardableResult
    func add(_ name: String, _ content: String = "") throws -> String {
        try Data(content.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// The path of a name in the directory.
    func path(_ name: String) -> String { path + "/" + name }

    /// The names in the directory, sorted.
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    /// The content of a file as text.
    func content(_ name: String) -> String? {
        FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The permissions of a file.
    func permissions(_ name: String) -> mode_t {
        var status = stat()
        return lstat(path(name), &status) == 0 ? status.st_mode & 0o777 : 0
    }
}

/// Runs something as a user who owns nothing.
///
/// Permissions do not bind root. This changes the user only for files and only for this thread, which is why the body
/// does not suspend; for those who are not root it changes nothing, and permissions bind them anyway.
func asNobody<Value>(_ body: () throws -> Value) throws -> Value {
    // Glibc's module lacks the header of this one.
    let symbol = try #require(dlsym(nil, "setfsuid"))
    let setFileUser = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> CInt).self)
    let user = setFileUser(65_534)
    defer { _ = setFileUser(uid_t(user)) }
    return try body()
}
