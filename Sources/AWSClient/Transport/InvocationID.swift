/// A name for a request that all its attempts share, as a random UUID (RFC 9562, version 4).
struct InvocationID {
    let text: String

    private static let digits = Array("0123456789abcdef".utf8)

    init() {
        var generator = SystemRandomNumberGenerator()
        // Version 4 and the variant stand at fixed places.
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for position in 0..<32 {
            if [8, 12, 16, 20].contains(position) { bytes.append(UInt8(ascii: "-")) }
            let bits = position < 16 ? high : low
            bytes.append(Self.digits[Int(bits >> UInt64(60 - 4 * (position & 15)) & 15)])
        }
        text = String(decoding: bytes, as: UTF8.self)
    }
}
