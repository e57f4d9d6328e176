/// What a request is for: the operation and the model in its path.
struct CallTarget: Hashable, Sendable {
    /// An operation of the runtime service that the simulator serves.
    enum Operation: String, Hashable, Sendable {
        case converse
        case converseStream = "converse-stream"
    }

    let operation: Operation
    /// The model id, percent-decoded.
    let modelID: String

    /// Reads `/model/{modelId}/{operation}`.
    ///
    /// The path is split before it is decoded, as a model id may hold encoded slashes. Source: Smithy, HTTP binding of
    /// labels.
    ///
    /// - Parameters:
    ///   - method: The HTTP method.
    ///   - target: The request target as it came.
    /// - Throws: ``ServiceError`` when no operation has that method and path, or the label is no model id.
    init(method: String, target: String) throws(ServiceError) {
        let path = target.prefix { $0 != "?" }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard method == "POST", segments.count == 4, segments[0].isEmpty, segments[1] == "model",
            let operation = Operation(rawValue: String(segments[3]))
        else {
            throw ServiceError(.unknownOperation, "The requested operation is not recognized by the service.")
        }
        self.operation = operation
        guard let modelID = percentDecoded(segments[2]), (1...2048).contains(modelID.count) else {
            throw ModelAccess.invalidIdentifier
        }
        self.modelID = modelID
    }
}

/// The text with each `%XX` replaced by its byte, or nil when an escape is broken or the bytes are no UTF-8.
private func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
            return nil
        }
        bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
}

private func hexValue(_ digit: UInt8) -> UInt8? {
    Character(Unicode.Scalar(digit)).hexDigitValue.map(UInt8.init)
}
