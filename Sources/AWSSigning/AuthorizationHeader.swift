/// The parts of an `authorization` header of Signature Version 4.
struct AuthorizationHeader {
    let accessKeyID: String
    let scope: SigningScope
    /// The signed names in lower case.
    let signedHeaders: Set<String>
    /// The 32 bytes of the signature.
    let signature: [UInt8]

    /// Reads the header; white space around the parts and their order are free.
    init(parsing value: String) throws(SignatureError) {
        guard let space = value.firstIndex(of: " "), value[..<space] == SigningAlgorithm.name else {
            throw .incompleteSignature(
                detail: "Authorization header requires the algorithm '\(SigningAlgorithm.name)'.")
        }
        var parts: [Substring: Substring] = [:]
        for part in value[space...].split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, parts.updateValue(trimmed(pair[1]), forKey: trimmed(pair[0])) == nil else {
                throw .incompleteSignature(
                    detail: "Authorization header holds a part that is no single key=value pair.")
            }
        }
        func part(_ name: Substring) throws(SignatureError) -> Substring {
            guard let value = parts[name], !value.isEmpty else {
                throw .incompleteSignature(detail: "Authorization header requires '\(name)' parameter.")
            }
            return value
        }
        let credential = try part("Credential").split(separator: "/", omittingEmptySubsequences: false)
        guard credential.count == 5, credential.allSatisfy({ !$0.isEmpty }), credential[4] == SigningScope.terminator
        else {
            throw .incompleteSignature(
                detail: "Credential must have exactly 5 slash-delimited elements, e.g. "
                    + "keyid/date/region/service/\(SigningScope.terminator).")
        }
        accessKeyID = String(credential[0])
        scope = SigningScope(
            day: String(credential[1]), region: String(credential[2]), service: String(credential[3]))
        signedHeaders = Set(try part("SignedHeaders").split(separator: ";").map { $0.lowercased() })
        signature = try Self.bytes(ofSignature: part("Signature"))
    }

    private static func bytes(ofSignature text: Substring) throws(SignatureError) -> [UInt8] {
        let digits = Array(text.utf8)
        var bytes: [UInt8] = []
        if digits.count == 64 {
            for index in stride(from: 0, to: 64, by: 2) {
                guard let high = hexValue(digits[index]), let low = hexValue(digits[index + 1]) else { break }
                bytes.append(high << 4 | low)
            }
        }
        guard bytes.count == 32 else {
            throw .incompleteSignature(detail: "Signature must be 64 hexadecimal digits.")
        }
        return bytes
    }
}

/// The text without spaces at its ends.
private func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
}
