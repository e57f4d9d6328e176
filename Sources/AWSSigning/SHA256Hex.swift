import Crypto

/// The SHA-256 of the bytes in lower-case hex, as AWS wants the hash of a body.
package func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
        hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if isContiguous == nil { hash.update(data: Array(bytes)) }
    return lowercaseHex(hash.finalize())
}

/// The bytes as lower-case hexadecimal digits.
func lowercaseHex(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for byte in bytes {
        digits.append(hexDigit(byte >> 4, letters: UInt8(ascii: "a")))
        digits.append(hexDigit(byte & 0xF, letters: UInt8(ascii: "a")))
    }
    return String(decoding: digits, as: UTF8.self)
}

/// The digit of a value below 16; `letters` is the digit of ten.
func hexDigit(_ value: UInt8, letters: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : letters + value - 10
}
