/// The ids that the service gives to requests.
enum RequestID {
    /// A random UUID of version 4 (RFC 9562) in lower case.
    static func random() -> String {
        let version: UInt128 = 0x4 << 76
        let variant: UInt128 = 0b10 << 62
        let cleared = UInt128.random(in: 0 ... .max) & ~(0xF << 76) & ~(0b11 << 62)
        let digits = String(cleared | version | variant, radix: 16)
        let text = String(repeating: "0", count: 32 - digits.count) + digits
        var rest = text[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
