import NIOCore

/// An address of the Internet Protocol, version 4 or 6.
package struct IPAddress: Hashable, Sendable {
    /// In network order: 4 of them, or 16.
    let bytes: [UInt8]

    /// An address of version 4, of its 32 bits.
    package init(version4 bits: UInt32) {
        bytes = withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    }

    /// An address of version 6, of its 128 bits.
    package init(version6 bits: UInt128) {
        bytes = withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    }

    /// An address of its text: dotted decimal, or with colons.
    package init?(_ text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    /// The address of a socket; nil for one that has none.
    ///
    /// Source: Linux, ip(7) and ipv6(7): where the address is in the structures. Their members' names belong to one of
    /// several modules, by the order in which the compiler meets them.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address): bytes = withUnsafeBytes(of: address.address) { Array($0[4..<8]) }
        case .v6(let address): bytes = withUnsafeBytes(of: address.address) { Array($0[8..<24]) }
        case .unixDomainSocket: return nil
        }
    }

    var isVersion6: Bool { bytes.count == 16 }

    /// The version 4 address that one of version 6 stands for; nil for all others.
    ///
    /// Source: RFC 4291, section 2.5.5.2 (mapped addresses); RFC 6052, section 2.1 (the well-known prefix of NAT64).
    var embedded: IPAddress? {
        guard isVersion6 else { return nil }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        let isTranslated = bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
        guard isMapped || isTranslated else { return nil }
        return IPAddress(version4: bytes[12...].reduce(0) { $0 << 8 | UInt32($1) })
    }

    /// Whether the first bits are those of another address of the same version.
    func isIn(_ block: AddressBlock) -> Bool {
        guard bytes.count == block.start.bytes.count else { return false }
        let whole = block.length / 8
        guard bytes.prefix(whole) == block.start.bytes.prefix(whole) else { return false }
        let rest = block.length % 8
        return rest == 0 || bytes[whole] >> (8 - rest) == block.start.bytes[whole] >> (8 - rest)
    }
}

extension IPAddress: CustomStringConvertible {
    /// The address as a connection takes it; groups of zeros are written out.
    package var description: String {
        guard isVersion6 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }
}

/// Addresses that begin with the same bits.
struct AddressBlock: Hashable, Sendable {
    let start: IPAddress
    /// How many bits are the same.
    let length: Int

    /// A block of version 4, such as `AddressBlock(10, 0, 0, 0, length: 8)`.
    init(_ first: UInt32, _ second: UInt32, _ third: UInt32, _ fourth: UInt32, length: Int) {
        start = IPAddress(version4: first << 24 | second << 16 | third << 8 | fourth)
        self.length = length
    }

    /// A block of version 6, of its first 32 bits; the others are zero.
    init(version6 bits: UInt32, length: Int) {
        start = IPAddress(version6: UInt128(bits) << 96)
        self.length = length
    }
}
