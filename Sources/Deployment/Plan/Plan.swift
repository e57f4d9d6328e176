package import BotConfiguration
import JSONCoding

/// What a deploy would change, bot by bot, against what is deployed now.
///
/// A plan keeps the manifest that it was made against, so that it cannot be applied over another. Secrets cannot be in
/// it: the stored form holds references only.
package struct Plan: Sendable {
    package let environment: String
    /// What is deployed now; nil when nothing is.
    package let base: StoredManifest?
    /// Every bot of either side, sorted by name, those that stay as they are too.
    package private(set) var bots: [BotChange]
    /// What the next manifest would hold.
    package let target: [String: ManifestBot]
    /// What the next manifest names and the one before did not.
    package let blobs: [StoredConfiguration]

    /// Compares what is wanted with what is deployed.
    ///
    /// Deployed configurations are read only of bots whose digest differs. One that cannot be read does not stop the
    /// plan, since a deploy is how it is put right; the bot's change says so.
    ///
    /// - Parameters:
    ///   - environment: The environment's name, for people.
    ///   - desired: All bots that are wanted, no two of one name.
    ///   - base: What is deployed now.
    ///   - blob: Reads a deployed configuration, as ``StateStore/blob(_:)`` does.
    /// - Throws: ``StateStoreError`` with the code `unavailable`.
    package init(
        environment: String, desired: [DesiredBot], base: StoredManifest?,
        blob: (ContentDigest) async throws -> [UInt8]
    ) async throws {
        let deployed = base?.manifest.bots ?? [:]
        let wantedNames = Set(desired.map(\.name))
        var renamed: Set<String> = []
        var changes: [BotChange] = []
        for bot in desired.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            var oldName = bot.name
            if deployed[bot.name] == nil, let former = bot.renamedFrom, deployed[former] != nil,
                !wantedNames.contains(former), renamed.insert(former).inserted
            {
                oldName = former
            }
            changes.append(try await BotChange(of: bot, from: deployed[oldName], named: oldName, blob: blob))
        }
        for (name, old) in deployed where !wantedNames.contains(name) && !renamed.contains(name) {
            changes.append(BotChange(name: name, action: .remove, old: old, fields: []))
        }
        self.environment = environment
        self.base = base
        bots = changes.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        target = Dictionary(desired.map { ($0.name, $0.manifestBot) }, uniquingKeysWith: { first, _ in first })
        let known = Set(deployed.values.flatMap(\.digests))
        var blobs: [ContentDigest: StoredConfiguration] = [:]
        for stored in desired.flatMap({ [$0.stored] + ($0.storedSmoke.map { [$0] } ?? []) }) {
            let digest = stored.digest
            if !known.contains(digest) { blobs[digest] = stored }
        }
        self.blobs = blobs.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether a deploy would change nothing.
    package var isEmpty: Bool { bots.allSatisfy { $0.action == .unchanged } }

    /// The bots that a deploy would change.
    package var changes: [BotChange] { bots.filter { $0.action != .unchanged } }

    /// The change of that bot, or nil when neither side has it.
    package subscript(name: String) -> BotChange? { bots.first { $0.name == name } }

    /// The plan as far as some bots are concerned, for showing it; what a deploy would write stays the same.
    package func keeping(_ names: some Sequence<String>) -> Plan {
        let kept = Set(names)
        var copy = self
        copy.bots.removeAll { !kept.contains($0.name) }
        return copy
    }

    /// Whether the deployed manifest is no longer the one that the plan was made against.
    package func isStale(against current: StoredManifest?) -> Bool {
        base?.digest != current?.digest
    }

    /// The manifest that deploying the plan would write.
    ///
    /// - Parameters:
    ///   - stamp: Who deploys, and why.
    ///   - newLineage: A random text; used only when nothing is deployed yet.
    /// - Returns: A manifest for ``StateStore/promote(_:over:blobs:)``.
    package func manifest(stamp: ManifestStamp, newLineage: @autoclosure () -> String) -> Manifest {
        Manifest(succeeding: base, newLineage: newLineage(), stamp: stamp, bots: target)
    }
}

extension BotChange {
    /// Compares a wanted bot with a deployed one, if there is one.
    init(
        of bot: DesiredBot, from old: ManifestBot?, named oldName: String,
        blob: (ContentDigest) async throws -> [UInt8]
    ) async throws {
        let new = bot.manifestBot
        self.init(name: bot.name, action: .add, file: bot.file, old: old, new: new, fields: [])
        guard let old else {
            collect(FieldChange.changes(from: nil, to: bot.stored.value, at: FieldChange.Path()), origin: bot.origin)
            collect(smokeChanges(from: nil, to: bot.storedSmoke?.value), origin: bot.origin)
            note(bot.adjustments)
            return
        }
        defer { note(bot.adjustments) }
        self.oldName = oldName == bot.name ? nil : oldName
        action = Self.action(from: old, to: new, isRenamed: oldName != bot.name)
        let root = FieldChange.Path()
        collect(
            FieldChange.changes(
                from: .bool(old.isEnabled), to: .bool(new.isEnabled), at: root.appending("enabled")),
            origin: bot.origin)
        if old.digest != new.digest, let value = try await readValue(of: old.digest, blob) {
            let understood = OlderSchema.understood(value)
            collect(
                FieldChange.changes(from: understood, to: bot.stored.value, at: root), origin: bot.origin,
                deployed: value)
        }
        if !fields.contains(where: { $0.path == "aliases" }) {
            collect(aliasChanges(from: old, to: new), origin: bot.origin)
        }
        if old.smoke != new.smoke {
            var value: JSONValue?
            if let smoke = old.smoke {
                value = try await readValue(of: smoke, blob)
                if value == nil { return }
            }
            collect(smokeChanges(from: value, to: bot.storedSmoke?.value), origin: bot.origin)
        }
    }

    private static func action(from old: ManifestBot, to new: ManifestBot, isRenamed: Bool) -> Action {
        if isRenamed { return .rename }
        if old.digest != new.digest { return .change }
        if old.isEnabled != new.isEnabled { return new.isEnabled ? .enable : .disable }
        if old.aliases != new.aliases || old.kind != new.kind { return .change }
        return old.smoke == new.smoke ? .unchanged : .smokeOnly
    }

    /// Reads a deployed configuration; nil, with ``unreadable`` set, when the store no longer has it whole.
    private mutating func readValue(
        of digest: ContentDigest, _ blob: (ContentDigest) async throws -> [UInt8]
    ) async throws -> JSONValue? {
        do {
            return try JSONParser.parse(try await blob(digest))
        } catch let error as StateStoreError where error.code != .unavailable {
            unreadable = error.message
        } catch let error as JSONError {
            unreadable = "blob \(digest.short) cannot be read: \(error)"
        }
        return nil
    }

    /// The changes between stored smoke cases, by the names of the cases.
    private func smokeChanges(
        from old: JSONValue?, to new: JSONValue?
    ) -> [(path: FieldChange.Path, change: FieldChange)] {
        let path = FieldChange.Path().appending("smoke")
        let cases = FieldChange.changes(
            from: old?["cases"]?.withNamedAttachments, to: new?["cases"]?.withNamedAttachments, at: path)
        // Of a bot's own schema nobody needs to hear twice.
        let isSaid = !cases.isEmpty || fields.contains(where: \.isSchema)
        return isSaid ? cases : FieldChange.changes(from: old, to: new, at: path)
    }

    /// The changes of the names that the manifest says a bot answers to.
    private func aliasChanges(
        from old: ManifestBot, to new: ManifestBot
    ) -> [(path: FieldChange.Path, change: FieldChange)] {
        func aliases(_ bot: ManifestBot) -> JSONValue { .array(bot.aliases.map(JSONValue.string)) }
        return FieldChange.changes(from: aliases(old), to: aliases(new), at: FieldChange.Path().appending("aliases"))
    }

    private mutating func collect(
        _ changes: [(path: FieldChange.Path, change: FieldChange)], origin: ([String]) -> String?,
        deployed: JSONValue? = nil
    ) {
        // The same id in another region is the same model.
        let upstream = changes.filter { Self.isUpstreamID($0.path) }.map(\.change)
        let replacesModel = Set(upstream.compactMap(\.old)) != Set(upstream.compactMap(\.new))
        for (path, change) in changes {
            var change = change
            change.isModelIdentity =
                Self.modelIdentity.contains(path.parts) || replacesModel && Self.isUpstreamID(path)
            if change.new != nil { change.origin = origin(path.parts) }
            change.comesToLife =
                change.old == nil && path.parts.reduce(deployed) { $0?[$1] } != nil
                && OlderSchema.hadNoEffect(path.parts, inVersion: deployed?["schema"]?.integer ?? 0)
            fields.append(change)
        }
    }

    /// Says of new values what becomes of them.
    private mutating func note(_ adjustments: [String: String]) {
        guard !adjustments.isEmpty else { return }
        for index in fields.indices where fields[index].new != nil {
            let path = fields[index].path
            // A section that is left out as a whole is shown key by key.
            fields[index].adjustment =
                adjustments[path] ?? adjustments.first { path.hasPrefix($0.key + ".") }?.value
        }
    }

    /// The paths whose values decide which model answers.
    private static let modelIdentity: Set<[String]> = [["kind"], ["model", "provider"]]

    /// Whether a path is that of the upstream id in some region, which decides it too.
    private static func isUpstreamID(_ path: FieldChange.Path) -> Bool {
        path.parts.starts(with: ["model", "upstream"])
    }
}

extension JSONValue {
    /// Stored smoke cases with a line on each file that they bring in place of its bytes, which nobody can compare.
    fileprivate var withNamedAttachments: JSONValue {
        guard let cases = array else { return self }
        return .array(
            cases.map { smokeCase in
                guard var object = smokeCase.object, let files = object["attachments"]?.array else { return smokeCase }
                object["attachments"] = .array(
                    files.map { file in
                        let content = file["base64"]?.string ?? ""
                        let digest = ContentDigest(of: Array(content.utf8))
                        return .string("\(file["name"]?.string ?? "") (\(digest.short))")
                    })
                return .object(object)
            })
    }
}
