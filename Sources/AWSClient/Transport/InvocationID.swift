/// A name for a request that all its attempts share, as a random UUID (RFC 9562, version 4).
struct InvocationID {
    let text: String

    init() {
        // The digits at 12 and 16 tell version and variant.
        let digits = (0..<32).map { position in
            switch position {
            case 12: "4"
            case 16: String(UInt8.random(in: 8...11), radix: 16)
            default: String(UInt8.random(in: 0...15), radix: 16)
            }
        }
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { digits[$0].joined() }
        text = groups.joined(separator: "-")
    }
}
