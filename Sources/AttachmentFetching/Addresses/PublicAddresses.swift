extension IPAddress {
    /// Whether the address is one of the public internet, so that asking it reaches nothing that only we can reach.
    ///
    /// Source: IANA, IPv4 and IPv6 Special-Purpose Address Registries (what is not globally reachable); multicast
    /// (RFC 5771, RFC 4291) and the host address of Azure's platform, which is public by its number alone.
    package var isPublic: Bool {
        if let embedded { return embedded.isPublic }
        if isVersion6 {
            return isIn(Self.globalUnicast) && !Self.specialVersion6.contains { isIn($0) }
        }
        return !Self.specialVersion4.contains { isIn($0) }
    }

    private static let specialVersion4: [AddressBlock] = [
        AddressBlock(0, 0, 0, 0, length: 8), AddressBlock(10, 0, 0, 0, length: 8),
        AddressBlock(100, 64, 0, 0, length: 10), AddressBlock(127, 0, 0, 0, length: 8),
        AddressBlock(169, 254, 0, 0, length: 16), AddressBlock(172, 16, 0, 0, length: 12),
        AddressBlock(192, 0, 0, 0, length: 24),
        AddressBlock(192, 0, 2, 0, length: 24), AddressBlock(192, 88, 99, 0, length: 24),
        AddressBlock(192, 168, 0, 0, length: 16),
        AddressBlock(198, 18, 0, 0, length: 15), AddressBlock(198, 51, 100, 0, length: 24),
        AddressBlock(203, 0, 113, 0, length: 24),
        AddressBlock(224, 0, 0, 0, length: 3), AddressBlock(168, 63, 129, 16, length: 32),
    ]

    /// All that is assigned for single public hosts.
    private static let globalUnicast = AddressBlock(version6: 0x2000_0000, length: 3)

    /// Within the block above: protocol assignments with Teredo, documentation, and 6to4, which hides an address of
    /// version 4.
    private static let specialVersion6: [AddressBlock] = [
        AddressBlock(version6: 0x2001_0000, length: 23), AddressBlock(version6: 0x2001_0DB8, length: 32),
        AddressBlock(version6: 0x2002_0000, length: 16), AddressBlock(version6: 0x3FFF_0000, length: 20),
    ]
}
