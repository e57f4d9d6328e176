/// Appends the bytes with every byte but `A-Z a-z 0-9 - . _ ~` (and, where wanted, `/`) as `%XX` in upper case.
///
/// Source: AWS "Create a signed AWS API request", UriEncode.
func appendPercentEncoded(_ bytes: some Sequence<UInt8>, keepingSlashes: Bool, to result: inout [UInt8]) {
    for byte in bytes {
        if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
            result.append(byte)
        } else {
            result.append(UInt8(ascii: "%"))
            result.append(hexDigit(byte >> 4, letters: UInt8(ascii: "A")))
            result.append(hexDigit(byte & 0xF, letters: UInt8(ascii: "A")))
        }
    }
}

/// The bytes with each `%XX` replaced by its byte; a `%` that no two digits follow stays, as does `+`.
func percentDecoded(_ bytes: Substring.UTF8View) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), let high = hexValue(rest.first), let low = hexValue(rest.dropFirst().first) {
            result.append(high << 4 | low)
            rest = rest.dropFirst(2)
        } else {
            result.append(byte)
        }
    }
    return result
}

/// The value of a hexadecimal digit of either case.
func hexValue(_ digit: UInt8?) -> UInt8? {
    switch digit {
    case .some(let digit) where (0x30...0x39).contains(digit): digit - 0x30
    case .some(let digit) where (0x41...0x46).contains(digit): digit - 0x37
    case .some(let digit) where (0x61...0x66).contains(digit): digit - 0x57
    default: nil
    }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
}
