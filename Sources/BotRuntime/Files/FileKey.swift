package import ChatEvents
package import WallClock

/// What a kept file is found by: a token that nobody can guess, and the file's own name.
///
/// The token begins with the end of the file's time, so that every process that shares a shelf knows it from the name
/// alone. Knowing a token is all that is needed to fetch the file.
package struct FileKey: Hashable, Sendable {
    /// Seconds since 1970 in decimal digits, a hyphen, and 160 random bits in hexadecimal.
    package let token: String
    /// The file's name: letters, digits, `-`, `_` and `.`.
    package let name: String
    /// When the file is no longer given out.
    package let expiry: Timestamp

    /// The longest name that is kept, in bytes.
    private static let nameLimitInBytes = 128
    private static let randomDigits = 40

    /// A key for a file that is new.
    ///
    /// - Parameters:
    ///   - name: The file's name; one that is unsafe in a path becomes `file`.
    ///   - expiry: When the file is no longer given out, to the second.
    package init(new name: String, expiry: Timestamp) {
        // The system's generator is fit for secrets.
        var generator = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef".utf8)
        let random = (0..<Self.randomDigits).map { _ in digits[Int(generator.next() >> 60)] }
        let seconds = max(0, expiry.millisecondsSinceEpoch / 1000)
        token = "\(seconds)-" + String(decoding: random, as: UTF8.self)
        self.name = Self.isSafe(name) ? name : "file"
        self.expiry = Timestamp(millisecondsSinceEpoch: seconds * 1000)
    }

    /// A key from the parts of a link; nil for parts that no link of ours has, such as a path.
    package init?(token: String, name: String) {
        let parts = token.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == Self.randomDigits, parts[1].utf8.allSatisfy(Self.isHexadecimal),
            (1...12).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int64(parts[0]), Self.isSafe(name)
        else { return nil }
        self.token = token
        self.name = name
        expiry = Timestamp(millisecondsSinceEpoch: seconds * 1000)
    }

    /// A key from the name of a kept file's own file; nil for any other name.
    init?(fileName: String) {
        guard let dot = fileName.firstIndex(of: ".") else { return nil }
        self.init(token: String(fileName[..<dot]), name: String(fileName[fileName.index(after: dot)...]))
    }

    /// The name of the file that the kept file is on a disk.
    var fileName: String { "\(token).\(name)" }

    /// The path of the link.
    package var path: String { "/files/\(token)/\(name)" }

    /// What the file is by the ending of its name; nil for an ending that no bot's files have.
    ///
    /// A file is never given out as anything else: nothing that runs in a browser is among these.
    package var mediaType: MediaType? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return switch name[name.index(after: dot)...] {
        case "png": MediaType("image/png")
        case "jpg", "jpeg": MediaType("image/jpeg")
        case "webp": MediaType("image/webp")
        case "gif": MediaType("image/gif")
        case "mp4": MediaType("video/mp4")
        default: nil
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isSafe(_ name: String) -> Bool {
        guard (1...nameLimitInBytes).contains(name.utf8.count), name.utf8.first != UInt8(ascii: ".") else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
