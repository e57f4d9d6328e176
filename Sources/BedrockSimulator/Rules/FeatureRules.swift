import JSONCoding
import ModelCatalog

/// What Converse wants of guardrails, cache points, schemas of answers and fields of the model's own answer.
enum FeatureRules {
    static let all = [
        guardrail, cachePointCount, cachePointLifetime, cachePointsBetweenTools,
        responseFields, answerSchema, latency, serviceTier,
    ]

    static let guardrail = ValidationRule { subject in
        guard let guardrail = subject.request.guardrail else { return nil }
        if let error = guardrailError(id: guardrail.id, version: guardrail.version, at: "guardrailConfig.") {
            return error
        }
        let exists = SimulatedGuardrail(id: guardrail.id, version: guardrail.version, region: "").exists
        return exists ? nil : .validation(SimulatedGuardrail.missingMessage)
    }

    /// What is wrong with a guardrail's id or version by its form alone; nil for a proper one.
    ///
    /// - Parameters:
    ///   - id: The id or the ARN.
    ///   - version: The version.
    ///   - place: What stands before the names of the members in the error.
    /// - Returns: The service's error.
    static func guardrailError(id: String, version: String, at place: String) -> ServiceError? {
        let isID = !id.isEmpty && id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        guard isID || id.hasPrefix("arn:aws") else {
            return .constraint(
                value: id, at: "\(place)guardrailIdentifier", must: "satisfy regular expression pattern: [a-z0-9]+")
        }
        let isNumber = (1...8).contains(version.utf8.count) && Int(version).map { $0 > 0 } ?? false
        guard !isNumber, version != "DRAFT" else { return nil }
        return .constraint(
            value: version, at: "\(place)guardrailVersion",
            must: "satisfy regular expression pattern: (([1-9][0-9]{0,7})|(DRAFT))")
    }

    static let cachePointCount = ValidationRule { subject in
        let request = subject.request
        let points =
            (request.system + request.messages.flatMap(\.content)).count { $0.isKind("cachePoint") }
            + (request.cachesTools ? 1 : 0)
        guard points > 4 else { return nil }
        return .refusedByModel("A maximum of 4 blocks with cache_control may be provided. Found \(points).")
    }

    static let cachePointLifetime = ValidationRule { subject in
        for block in subject.request.system + subject.request.messages.flatMap(\.content) {
            guard case .cachePoint(let lifetime?) = block, !["5m", "1h"].contains(lifetime) else { continue }
            return .constraint(value: lifetime, at: "cachePoint.ttl", must: "satisfy enum value set: [5m, 1h]")
        }
        return nil
    }

    static let cachePointsBetweenTools = ValidationRule { subject in
        guard subject.request.cachesTools, ThinkingFamily(subject.model) == .nova else { return nil }
        return .validation("This model doesn't support the cachePoint field. Remove cachePoint and try again.")
    }

    static let responseFields = ValidationRule { subject in
        let paths = subject.request.responseFieldPaths
        if paths.count > 10 {
            return .constraint(
                value: "[\(paths.count) elements]", at: "additionalModelResponseFieldPaths",
                must: "have length less than or equal to 10")
        }
        guard let path = paths.first(where: { !$0.hasPrefix("/") || $0.utf8.count > 256 }) else { return nil }
        return .validation(
            "The additionalModelResponseFieldPaths value \(path) is not a valid JSON Pointer. Provide a valid JSON "
                + "Pointer and try again.")
    }

    static let answerSchema = ValidationRule { subject in
        guard subject.request.answerSchema != nil,
            subject.model.capabilities.nativeStructuredOutput == false
        else { return nil }
        return .validation("This model doesn't support the outputConfig.textFormat field.")
    }

    static let latency = ValidationRule { subject in
        member("latency", of: "performanceConfig", in: subject, among: ["standard", "optimized"])
    }

    static let serviceTier = ValidationRule { subject in
        member("type", of: "serviceTier", in: subject, among: ["priority", "default", "flex", "reserved"])
    }

    private static func member(
        _ name: String, of configuration: String, in subject: RuleSubject, among values: [String]
    ) -> ServiceError? {
        guard let value = subject.request.echoed[configuration]?[name]?.string, !values.contains(value) else {
            return nil
        }
        return .constraint(
            value: value, at: "\(configuration).\(name)",
            must: "satisfy enum value set: [\(values.joined(separator: ", "))]")
    }
}
