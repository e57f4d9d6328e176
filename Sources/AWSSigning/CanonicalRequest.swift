/// The one text of a request that both sides compute and sign.
///
/// Source: AWS "Create a signed AWS API request", step 1.
package struct CanonicalRequest: Sendable {
    /// The whole text: method, path, query, headers, signed names and payload hash.
    package let text: String
    /// The names of the signed headers in lower case, sorted and joined by `;`.
    package let signedHeaders: String

    /// Makes the text from a request as it is sent, with `signs` to say which lower-case header names count.
    init(_ request: SigningRequest, path pathRule: SigningRules.PathRule, signs: (String) -> Bool) {
        let (path, query) = Self.split(target: request.target)
        let headers = Self.signedHeaders(of: request.headers, signs: signs)
        signedHeaders = headers.map(\.name).joined(separator: ";")

        var bytes = Array(request.method.utf8)
        bytes.append(0x0A)
        Self.appendCanonicalPath(path, rule: pathRule, to: &bytes)
        bytes.append(0x0A)
        Self.appendCanonicalQuery(query, to: &bytes)
        bytes.append(0x0A)
        for header in headers {
            bytes.append(contentsOf: header.name.utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: header.value)
            bytes.append(0x0A)
        }
        bytes.append(0x0A)
        bytes.append(contentsOf: signedHeaders.utf8)
        bytes.append(0x0A)
        bytes.append(contentsOf: request.bodyHash.utf8)
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The text that is signed in the end.
    func stringToSign(date: String, scope: SigningScope) -> String {
        "\(SigningAlgorithm.name)\n\(date)\n\(scope.text)\n\(sha256Hex(text.utf8))"
    }

    private static func split(target: String) -> (path: Substring, query: Substring) {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target[...], "") }
        return (target[..<mark], target[target.utf8.index(after: mark)...])
    }
}

// MARK: - Headers

extension CanonicalRequest {
    /// The signed headers, sorted by name; values of a repeated name joined by commas in the order they are sent.
    private static func signedHeaders(
        of headers: [(name: String, value: String)], signs: (String) -> Bool
    ) -> [(name: String, value: [UInt8])] {
        var result: [(name: String, value: [UInt8])] = []
        for header in headers {
            let name = header.name.lowercased()
            guard signs(name) else { continue }
            if let index = result.firstIndex(where: { $0.name == name }) {
                result[index].value.append(UInt8(ascii: ","))
                result[index].value.append(contentsOf: collapsed(header.value))
            } else {
                result.append((name, collapsed(header.value)))
            }
        }
        return result.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// The value without white space at its ends and with each inner run of it as one space.
    ///
    /// Line breaks of an obsolete folded header count as white space, so that no value can forge a further line.
    private static func collapsed(_ value: String) -> [UInt8] {
        var result: [UInt8] = []
        var hasPendingSpace = false
        for byte in value.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                hasPendingSpace = !result.isEmpty
            } else {
                if hasPendingSpace { result.append(0x20) }
                hasPendingSpace = false
                result.append(byte)
            }
        }
        return result
    }
}

// MARK: - Path and query

extension CanonicalRequest {
    private static func appendCanonicalPath(
        _ path: Substring, rule: SigningRules.PathRule, to bytes: inout [UInt8]
    ) {
        guard !path.isEmpty else {
            bytes.append(UInt8(ascii: "/"))
            return
        }
        switch rule {
        case .asSent: bytes.append(contentsOf: path.utf8)
        case .encoded: appendPercentEncoded(path.utf8, keepingSlashes: true, to: &bytes)
        case .normalizedAndEncoded:
            var segments: [Substring.UTF8View] = []
            for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
                if segment.elementsEqual(".".utf8) { continue }
                if segment.elementsEqual("..".utf8) {
                    _ = segments.popLast()
                } else {
                    segments.append(segment)
                }
            }
            for segment in segments {
                bytes.append(UInt8(ascii: "/"))
                appendPercentEncoded(segment, keepingSlashes: true, to: &bytes)
            }
            if segments.isEmpty || path.utf8.last == UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
        }
    }

    /// Appends the parameters, decoded, encoded again, and then sorted by name and value.
    private static func appendCanonicalQuery(_ query: Substring, to bytes: inout [UInt8]) {
        guard !query.isEmpty else { return }
        var parameters: [(name: [UInt8], value: [UInt8])] = []
        for parameter in query.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = parameter.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            parameters.append((reencoded(parts[0]), parts.count > 1 ? reencoded(parts[1]) : []))
        }
        parameters.sort {
            $0.name == $1.name
                ? $0.value.lexicographicallyPrecedes($1.value) : $0.name.lexicographicallyPrecedes($1.name)
        }
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "&")) }
            bytes.append(contentsOf: parameter.name)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: parameter.value)
        }
    }

    private static func reencoded(_ text: Substring.UTF8View) -> [UInt8] {
        var result: [UInt8] = []
        appendPercentEncoded(percentDecoded(text), keepingSlashes: false, to: &result)
        return result
    }
}
