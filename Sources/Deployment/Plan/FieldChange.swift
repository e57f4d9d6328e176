package import JSONCoding

/// One value of a bot that a deploy would change.
package struct FieldChange: Hashable, Sendable {
    /// The path in the stored form: `parameters.temperature`, `smoke.pong.prompt`.
    package var path: String
    /// What is deployed; nil when the schema default is.
    package var old: JSONValue?
    /// What the project wants; nil when it is the schema default.
    package var new: JSONValue?
    /// Where the new value was written: `bots.d/nova.yaml:3:5`; nil when nobody wrote one.
    package var origin: String?
    /// Whether another model would answer.
    package var isModelIdentity: Bool
    /// Whether the deployed form has the key already, in an older schema whose readers made nothing of it.
    package var comesToLife: Bool
    /// What becomes of the new value when a request is built, as its model does not take it as it is; nil where it is
    /// sent.
    package var adjustment: String?

    package init(
        path: String, old: JSONValue?, new: JSONValue?, origin: String? = nil, isModelIdentity: Bool = false,
        comesToLife: Bool = false, adjustment: String? = nil
    ) {
        self.path = path
        self.old = old
        self.new = new
        self.origin = origin
        self.isModelIdentity = isModelIdentity
        self.comesToLife = comesToLife
        self.adjustment = adjustment
    }

    /// Whether this is the version of the stored form and no value of the bot.
    package var isSchema: Bool { path == Self.schemaPath }

    /// The path of the version of a bot's stored form.
    static let schemaPath = "schema"
}

extension FieldChange {
    /// A place in a stored value.
    struct Path {
        private(set) var text = ""
        /// The parts as the configuration knows them.
        private(set) var parts: [String] = []

        func appending(_ name: String) -> Path {
            var copy = self
            copy.parts.append(name)
            let isPlain = name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
            if !text.isEmpty { copy.text += "." }
            copy.text += isPlain && !name.isEmpty ? name : JSONValue.string(name).text()
            return copy
        }

        func appending(index: Int) -> Path {
            var copy = self
            copy.parts.append(String(index))
            copy.text += "[\(index)]"
            return copy
        }
    }

    /// The changes that lead from one stored value to another, one for each place at which they differ.
    ///
    /// Objects are compared member by member. A list of plain values is one value; lists of objects are compared
    /// element by element, by `name` where all have one, else by position.
    static func changes(from old: JSONValue?, to new: JSONValue?, at path: Path) -> [(path: Path, change: FieldChange)]
    {
        if old == new { return [] }
        let present = [old, new].compactMap { $0 }
        if present.allSatisfy({ $0.object != nil }), present.contains(where: { $0.object?.isEmpty == false }) {
            let names = Set(present.flatMap { $0.object?.members.map(\.name) ?? [] })
            return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { name in
                changes(from: old?[name], to: new?[name], at: path.appending(name))
            }
        }
        if present.allSatisfy({ $0.array != nil }), present.contains(where: { $0.array?.isEmpty == false }),
            present.allSatisfy({ $0.array?.allSatisfy { $0.object != nil } ?? false })
        {
            return listChanges(from: old?.array ?? [], to: new?.array ?? [], at: path)
        }
        return [(path, FieldChange(path: path.text, old: old, new: new))]
    }

    private static func listChanges(
        from old: [JSONValue], to new: [JSONValue], at path: Path
    ) -> [(path: Path, change: FieldChange)] {
        guard let oldNames = uniqueNames(of: old), let newNames = uniqueNames(of: new) else {
            return (0..<max(old.count, new.count)).flatMap { index in
                changes(
                    from: index < old.count ? old[index] : nil, to: index < new.count ? new[index] : nil,
                    at: path.appending(index: index))
            }
        }
        var found: [(path: Path, change: FieldChange)] = []
        for name in newNames + oldNames.filter({ !newNames.contains($0) }) {
            let before = oldNames.firstIndex(of: name).map { old[$0] }
            let after = newNames.firstIndex(of: name).map { new[$0] }
            found += changes(from: before, to: after, at: path.appending(name))
        }
        let kept = Set(oldNames).intersection(newNames)
        if oldNames.filter(kept.contains) != newNames.filter(kept.contains) {
            func list(_ names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }
            found.append((path, FieldChange(path: path.text, old: list(oldNames), new: list(newNames))))
        }
        return found
    }

    /// The `name` of each element, or nil when one has none or two have the same.
    private static func uniqueNames(of elements: [JSONValue]) -> [String]? {
        let names = elements.compactMap { $0["name"]?.string }
        guard names.count == elements.count, Set(names).count == names.count else { return nil }
        return names
    }
}
