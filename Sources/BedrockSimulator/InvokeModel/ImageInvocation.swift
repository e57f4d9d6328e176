import AWSSigning
import JSONCoding
import ModelCatalog

/// Makes the images that a body for InvokeModel asks for.
struct ImageInvocation: Sendable {
    let model: ModelFacts
    let body: JSONObject

    init(_ model: ModelFacts, body: JSONValue) throws(ServiceError) {
        self.model = model
        self.body = try JSONReading.object(body)
    }

    /// The answer in the model's own words.
    ///
    /// - Throws: ``ServiceError`` when a member is missing, out of range, or no image.
    func answer() throws(ServiceError) -> JSONValue {
        switch model.invokeFamily {
        case .stabilityGenerate: try StabilityGeneration(model, body).answer()
        case .stabilityEdit: try StabilityEdit(model, body).answer()
        case .novaCanvas, .titanImage: try CanvasGeneration(model, body).answer()
        case .novaReel, .lumaRay2, nil:
            throw .validation("The model \(model.id) cannot be called with InvokeModel.")
        }
    }
}

/// What the readers of image bodies share.
enum ImageFields {
    /// A text of bounded length; nil where it is absent.
    static func text(
        _ name: String, _ body: JSONObject, _ length: ClosedRange<Int>
    ) throws(ServiceError) -> String? {
        guard let text = try JSONReading.string(body[name]) else { return nil }
        guard length.contains(text.count) else {
            throw .validation(
                "\(name): length \(text.count) is not within \(length.lowerBound) to \(length.upperBound) characters")
        }
        return text
    }

    /// A text that must be there.
    static func requiredText(
        _ name: String, _ body: JSONObject, _ length: ClosedRange<Int>
    ) throws(ServiceError) -> String {
        guard let text = try text(name, body, length) else { throw .validation("\(name): field required") }
        return text
    }

    /// A whole number within bounds; nil where it is absent.
    static func integer(
        _ name: String, _ body: JSONObject, _ range: ClosedRange<Int>
    ) throws(ServiceError) -> Int? {
        guard let number = try JSONReading.integer(body[name]) else { return nil }
        guard range.contains(number) else {
            throw .validation("\(name): \(number) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A number within bounds; nil where it is absent.
    static func number(
        _ name: String, _ body: JSONObject, _ range: ClosedRange<Double>
    ) throws(ServiceError) -> Double? {
        guard let number = try JSONReading.number(body[name]) else { return nil }
        guard let value = number.double, range.contains(value) else {
            throw .validation("\(name): \(number.text) is not within \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// One of some words; nil where it is absent.
    static func choice(_ name: String, _ body: JSONObject, _ values: [String]) throws(ServiceError) -> String? {
        guard let text = try JSONReading.string(body[name])?.lowercased() else { return nil }
        guard values.contains(text) else {
            throw .validation("\(name): '\(text)' is none of \(values.joined(separator: ", "))")
        }
        return text
    }

    /// The size of an image in base64; nil where it is absent.
    ///
    /// - Throws: ``ServiceError`` when it is no image, or a side is out of bounds.
    static func image(
        _ name: String, _ value: JSONValue?, sides: ClosedRange<Int>
    ) throws(ServiceError) -> ImageProbe? {
        guard let text = try JSONReading.string(value) else { return nil }
        guard let bytes = Base64.decoded(text) else { throw .validation("\(name): not valid base64") }
        guard let probe = ImageProbe(bytes) else { throw .validation("\(name): not a valid image") }
        guard sides.contains(probe.width), sides.contains(probe.height) else {
            throw .validation(
                "\(name): \(probe.width)x\(probe.height) is not within \(sides.lowerBound) to \(sides.upperBound) pixels "
                    + "per side")
        }
        return probe
    }

    /// A seed that follows from the body, for bodies without one of their own.
    static func seed(from body: JSONObject, below limit: Int) -> Int {
        let digest = sha256Hex(JSONValue.object(body).encoded(.canonical))
        return (Int(digest.prefix(12), radix: 16) ?? 1) % (limit - 1) + 1
    }

    /// The file of a picture in base64.
    static func file(_ picture: Picture, format: String?, isTransparent: Bool = false) -> JSONValue {
        let bytes =
            format == "jpeg"
            ? JPEGEncoder.encode(picture) : PNGEncoder.encode(picture, isTransparent: isTransparent)
        return .string(Base64.encoded(bytes))
    }
}
