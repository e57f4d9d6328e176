import Diagnostics

/// What must be there, and go together, once all layers of a bot are merged.
struct CompletenessCheck {
    /// The bot's file.
    let file: String
    /// The place that is shown where a key is missing from the file altogether.
    let filePlace: Origin
    /// The dotted paths of keys that were written and are wrong, which has its own diagnostic.
    let rejectedPaths: Set<String>
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String, filePlace: Origin, rejectedPaths: Set<String>) {
        self.file = file
        self.filePlace = filePlace
        self.rejectedPaths = rejectedPaths
    }

    /// Judges a merged object, and what is nested in it.
    mutating func check(_ object: ConfigObject, _ schema: ObjectSchema) {
        check(object, schema, path: { [] }, place: { [filePlace] in filePlace.location })
    }

    private mutating func check(
        _ object: ConfigObject, _ schema: ObjectSchema, path: () -> [String], place: () -> SourceLocation?
    ) {
        guard diagnostics.count < LayerDecoder.diagnosticLimit else { return }
        for field in schema.judgedFields {
            guard let node = object.setNode(field.key) else {
                if field.isRequired, field.defaultValue == nil { reportMissing(field, path() + [field.key], place) }
                continue
            }
            if !field.type.isScalar { check(node, field.type, path: { path() + [field.key] }) }
        }
        for constraint in schema.constraints { check(constraint, object, schema, path(), place) }
    }

    /// Judges what is nested in a value; the way to it is put together only where something is wrong.
    private mutating func check(_ node: ConfigNode, _ type: ValueType, path: () -> [String]) {
        switch (type, node.value) {
        case (.object(let nested), .object(let value)):
            check(value, nested, path: path, place: { node.origin.location })
        case (.wordOr(_, let other), _): check(node, other, path: path)
        case (.list(let element, _), .list(let items)) where !element.isScalar:
            for (index, item) in items.enumerated() {
                check(item, element, path: { path().dropLast() + ["\(path().last ?? "")[\(index)]"] })
            }
        case (.map(let element, _), .object(let value)) where !element.isScalar:
            for (key, item) in value.fields {
                check(item, element, path: { path() + [key] })
            }
        default: break
        }
    }

    private func advice(on field: SchemaField) -> String {
        var example = field.examples.first
        if case .object(let nested) = field.type, let key = nested.shorthand {
            example = example ?? nested.field(key)?.examples.first
        }
        return example.map { "write '\(field.key): \($0)', or another one" } ?? "add '\(field.key):'. \(field.summary)"
    }

    private func isRejected(_ path: [String]) -> Bool { rejectedPaths.contains(path.joined(separator: ".")) }

    private mutating func reportMissing(_ field: SchemaField, _ path: [String], _ place: () -> SourceLocation?) {
        guard !isRejected(path) else { return }
        diagnostics.append(
            Diagnostic(
                .missingValue, "'\(path.joined(separator: "."))' is missing", at: place(), file: file,
                help: [advice(on: field)]))
    }
}

// MARK: - Constraints

extension CompletenessCheck {
    private mutating func check(
        _ constraint: SchemaConstraint, _ object: ConfigObject, _ schema: ObjectSchema, _ path: [String],
        _ place: () -> SourceLocation?
    ) {
        // A key that was written and is wrong says nothing about the others.
        guard rejectedPaths.isEmpty || !schema.fields.contains(where: { isRejected(path + [$0.key]) }) else { return }
        func isSet(_ key: String) -> Bool { object.setNode(key) != nil }
        switch constraint {
        case .required(let key, when: let other, is: let values):
            guard let value = ConfigReader(root: object, schema: schema).text(other), values.contains(value),
                !isSet(key)
            else { return }
            report(
                .missingValue, constraint, path, object.setNode(other)?.origin.location ?? place(),
                help: schema.field(key).map { [advice(on: $0)] } ?? [])
        case .only(let keys, when: let other, is: let values):
            guard let value = ConfigReader(root: object, schema: schema).text(other), !values.contains(value) else {
                return
            }
            reportNeedless(.only(keys.filter(isSet), when: other, is: values), keys, object, path)
        case .onlyBeside(let keys, let other):
            if !isSet(other) { reportNeedless(.onlyBeside(keys.filter(isSet), other), keys, object, path) }
        case .together(let keys):
            guard let present = keys.first(where: isSet), !keys.allSatisfy(isSet) else { return }
            let missing = keys.filter { !isSet($0) }.map { "'\($0)'" }.joined(separator: " and ")
            report(.missingValue, constraint, path, object.setNode(present)?.origin.location, help: ["add \(missing)"])
        case .exclusive(let groups): reportSeveral(groups, constraint, object, path)
        case .exactlyOne(let groups):
            if groups.joined().contains(where: isSet) {
                reportSeveral(groups, constraint, object, path)
            } else if path.last?.hasSuffix("]") == true || schema.fields.contains(where: { isSet($0.key) }) {
                // Outside of a list, a map in which nothing is set is as good as none.
                report(.missingValue, constraint, path, place(), help: [])
            }
        }
    }

    private mutating func reportNeedless(
        _ constraint: SchemaConstraint, _ keys: [String], _ object: ConfigObject, _ path: [String]
    ) {
        guard let node = keys.lazy.compactMap({ object.setNode($0) }).first else { return }
        report(.contradictingKeys, constraint, path, node.origin.location, help: ["remove what does not belong"])
    }

    private mutating func reportSeveral(
        _ groups: [[String]], _ constraint: SchemaConstraint, _ object: ConfigObject, _ path: [String]
    ) {
        let present = groups.filter { $0.contains { object.setNode($0) != nil } }
        guard present.count > 1 else { return }
        let nodes = present.compactMap { $0.lazy.compactMap { object.setNode($0) }.first }
            .sorted { $0.origin.layer < $1.origin.layer }
        guard let weakest = nodes.first, let strongest = nodes.last else { return }
        // Where one comes from a weaker layer, the person who overrides it has to take it back.
        let weakKeys = present.joined().filter { object.setNode($0)?.origin.layer == weakest.origin.layer }
        let help =
            weakest.origin.layer == strongest.origin.layer
            ? "keep one of them" : "write '\(weakKeys.first ?? ""): null' beside it to take the other one back"
        diagnostics.append(
            Diagnostic(
                .contradictingKeys, prefix(path) + constraint.description, at: strongest.origin.location, file: file,
                help: [help], notes: [Diagnostic.Note("the other one is here", at: weakest.origin.location)]))
    }

    private mutating func report(
        _ code: DiagnosticCode, _ constraint: SchemaConstraint, _ path: [String], _ place: SourceLocation?,
        help: [String]
    ) {
        diagnostics.append(
            Diagnostic(
                code, prefix(path) + constraint.description, at: place ?? filePlace.location, file: file, help: help))
    }

    private func prefix(_ path: [String]) -> String { path.isEmpty ? "" : "in '\(path.joined(separator: "."))', " }
}
