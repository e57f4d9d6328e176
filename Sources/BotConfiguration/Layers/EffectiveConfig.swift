package import Diagnostics

/// Every value after the merge, each with its origin: of a bot, or of another object with a schema.
package struct EffectiveConfig: Sendable {
    /// What the layers say together; schema defaults are not in it.
    package let root: ConfigObject
    /// The keys that there are.
    package let schema: ObjectSchema
    /// Values that the layers leave as they are and the model's facts change when the request is built.
    package var adjustments: [Adjustment] = []
    /// What the project itself says of a bot's model, as it was written; nil where it says nothing.
    var facts: ConfigObject?

    /// A value that the model cannot take as it is set.
    package struct Adjustment: Hashable, Sendable {
        /// The dotted path of the key.
        package let path: String
        /// What happens to it: "left out: the model refuses it".
        package let message: String
        /// What is wrong with it where the bot's own file sets it.
        package let fault: Fault
    }

    /// Why a value that the model cannot take should not stand in a bot's own file.
    package struct Fault: Hashable, Sendable {
        package let code: DiagnosticCode
        /// What is wrong, in one sentence without a full stop.
        package let message: String
        /// What to do.
        package let help: String
    }

    /// One value as `show` lists it.
    package struct Entry: Sendable {
        /// The dotted path of the key.
        package let path: String
        package let value: ConfigValue
        package let origin: Origin
        /// What weaker layers say, strongest first.
        package let hidden: [ConfigNode]
        package let adjustment: String?
    }

    package init(root: ConfigObject, schema: ObjectSchema = BotSchema.bot) {
        self.root = root
        self.schema = schema
    }

    /// The value at a path: what a layer says, else the schema default; nil where neither has one.
    package func value(at path: [String]) -> ConfigValue? {
        if let node = root.node(at: path), !node.value.isReset { return node.value }
        return schema.field(at: path)?.defaultValue
    }

    /// Where a value of the stored form was written, or nil for one that no file says.
    ///
    /// - Parameter path: Keys of the stored form; what the stored form has in place of `model.id` has its origin, and
    ///   what stands inside a list or a free map that of the list or map. Facts about the model have their places in
    ///   `catalog.d`, all together that of the model's id.
    /// - Returns: The origin; nil also for a schema default.
    package func origin(ofStoredPath path: [String]) -> Origin? {
        if path.first == "facts" {
            return facts.flatMap { $0.origin(nearest: path.dropFirst()) ?? $0.node(at: ["id"])?.origin }
        }
        var path = path
        if path.count >= 2, path[0] == "model", path[1] == "upstream" || path[1] == "base" { path = ["model", "id"] }
        if schema.field(at: path) != nil { return root.node(at: path)?.origin }
        return root.origin(nearest: path[...])
    }

    /// All values, schema defaults too, in the order of the schema.
    package var entries: [Entry] {
        var result: [Entry] = []
        collect(schema, root, [], into: &result)
        return result
    }

    private func collect(
        _ schema: ObjectSchema, _ object: ConfigObject?, _ path: [String], into result: inout [Entry]
    ) {
        for field in schema.fields where field.deprecation?.replacement == nil {
            let fieldPath = path + [field.key]
            let node = object?.fields[field.key]
            if case .object(let nested) = field.type {
                if case .object(let value)? = node?.value {
                    collect(nested, value, fieldPath, into: &result)
                } else if field.availability == .now, !nested.needsValues {
                    collect(nested, nil, fieldPath, into: &result)
                }
                continue
            }
            let dotted = fieldPath.joined(separator: ".")
            let adjustment = adjustments.first { $0.path == dotted }?.message
            if let node, !node.value.isReset {
                result.append(
                    Entry(
                        path: dotted, value: node.value, origin: node.origin, hidden: node.hidden,
                        adjustment: adjustment))
            } else if field.availability == .now, let value = field.defaultValue {
                let origin = Origin(layer: .schemaDefault)
                let hidden = node.map { [ConfigNode(.reset, origin: $0.origin)] + $0.hidden } ?? []
                result.append(
                    Entry(path: dotted, value: value, origin: origin, hidden: hidden, adjustment: adjustment))
            }
        }
    }
}

extension ObjectSchema {
    /// Whether a map of these keys is nothing as long as nobody writes it: its defaults alone say nothing then.
    fileprivate var needsValues: Bool { fields.contains { $0.isRequired && $0.defaultValue == nil } }
}

extension ConfigObject {
    /// Where the value at a path was written, or where that is not known what it stands in; nil for neither.
    fileprivate func origin(nearest path: ArraySlice<String>) -> Origin? {
        var path = Array(path)
        while !path.isEmpty {
            if let node = node(at: path) { return node.origin }
            path.removeLast()
        }
        return nil
    }
}
