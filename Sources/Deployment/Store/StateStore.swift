package import BotConfiguration
package import WallClock

/// What is deployed in one environment, kept as objects.
///
/// The layout: `manifest`, the only mutable truth; `blobs/<digest>`, the configurations and smoke cases that manifests
/// name; `history/<serial>`, each earlier manifest byte for byte; `outcomes/<serial>`, what became of each;
/// `replicas/<id>`, what each gateway reports; `keys`, the hashes of API keys; `lease`, who is deploying. Beside them,
/// and no part of what is deployed, gateways keep the files that bots made in ``filesDirectory``.
///
/// One conditional write of `manifest` decides between contenders, and everything that it names is written before it.
/// So a process that is killed anywhere leaves the old generation or the new one, whole.
package struct StateStore: Sendable {
    /// The most bytes of a manifest: room for more than 100,000 bots.
    static let manifestLimitInBytes = 64 << 20
    /// The most bytes of a configuration or of a bot's smoke cases.
    static let blobLimitInBytes = 8 << 20
    /// The most bytes of any other object.
    static let recordLimitInBytes = 4 << 20

    let objects: any ObjectStore

    package init(_ objects: any ObjectStore) { self.objects = objects }

    /// Where the store is, as a person knows it.
    package var location: String { objects.location }

    /// Where all gateways that share the store find one another's files; nil where the store is no directory.
    package var filesDirectory: String? { objects.directory.map { $0 + "/files" } }
}

// MARK: - Manifests

extension StateStore {
    /// What is deployed now, or nil when nothing ever was.
    ///
    /// - Throws: ``StateStoreError`` with the code `lineageLost` when there is history but no manifest, `corrupt` or
    ///   `newerFormat` when the manifest cannot be read, and `unavailable`.
    package func currentManifest() async throws -> StoredManifest? {
        if let stored = try await readManifest(at: .manifest) { return stored }
        guard let newest = try await newestSerialInHistory() else { return nil }
        // The first deploy and the second may both have happened between the two reads.
        if let stored = try await readManifest(at: .manifest) { return stored }
        throw StateStoreError(
            .lineageLost, "\(location) has a history up to serial \(newest) but no manifest",
            hint: "if it was deleted by mistake, copy history/\(newest) back to manifest; a new lineage is never begun "
                + "beside an old history")
    }

    /// The manifest of that serial, from the history or because it is deployed now.
    ///
    /// - Throws: ``StateStoreError`` with the code `missingGeneration` when the store does not hold it, and as
    ///   ``currentManifest()``.
    package func manifest(serial: Int) async throws -> Manifest {
        if let current = try await currentManifest(), current.serial == serial { return current.manifest }
        guard let stored = try await readManifest(at: ObjectKey.history.appending(serial)) else {
            throw StateStoreError(
                .missingGeneration, "\(location) holds no manifest of serial \(serial)",
                hint: "'botctl history' lists those that it holds")
        }
        return stored.manifest
    }

    /// The newest manifests, the deployed one first, as far back as the history reaches.
    ///
    /// - Throws: As ``currentManifest()``; `corrupt` also when an entry is not what its successor was made from.
    package func history(limit: Int) async throws -> [Manifest] {
        guard limit > 0, let current = try await currentManifest() else { return [] }
        var manifests = [current.manifest]
        var parent = current.manifest.parent
        while let expected = parent, manifests.count < limit {
            guard let stored = try await readManifest(at: ObjectKey.history.appending(expected.serial)) else { break }
            guard stored.digest == expected.digest, stored.serial == expected.serial else {
                throw StateStoreError(
                    .corrupt,
                    "history/\(expected.serial) in \(location) is not the manifest that serial "
                        + "\(expected.serial + 1) was made from")
            }
            manifests.append(stored.manifest)
            parent = stored.manifest.parent.flatMap { $0.serial < stored.serial ? $0 : nil }
        }
        return manifests
    }

    /// Reads and parses a manifest; its problems carry the key.
    func readManifest(at key: ObjectKey) async throws -> StoredManifest? {
        guard let object = try await objects.get(key, limitInBytes: Self.manifestLimitInBytes) else { return nil }
        do {
            return StoredManifest(
                manifest: try Manifest(decoding: object.bytes), bytes: object.bytes, tag: object.tag)
        } catch let error as StateStoreError {
            var error = error
            error.message = "\(key) in \(location): \(error.message)"
            if error.code == .corrupt {
                error.hint = "put back the newest readable copy from history/, or the file from a backup"
            }
            throw error
        }
    }

    private func newestSerialInHistory() async throws -> Int? {
        try await objects.list(.history).compactMap { Int($0.name) }.max()
    }
}

// MARK: - Blobs

extension StateStore {
    /// The configuration, or the smoke cases, of that digest.
    ///
    /// - Throws: ``StateStoreError`` with the code `missingBlob`, `digestMismatch` or `unavailable`.
    package func blob(_ digest: ContentDigest) async throws -> [UInt8] {
        guard let object = try await objects.get(Self.blobKey(digest), limitInBytes: Self.blobLimitInBytes) else {
            throw StateStoreError(
                .missingBlob, "\(location) does not hold blob \(digest.short), which its manifest names",
                hint: "restore blobs/\(digest) from a backup, or deploy the bot again with a change")
        }
        guard ContentDigest(of: object.bytes) == digest else {
            throw StateStoreError(
                .digestMismatch, "blobs/\(digest) in \(location) was altered: its content has another digest",
                hint: "restore it from a backup, or deploy the bot again with a change")
        }
        return object.bytes
    }

    static func blobKey(_ digest: ContentDigest) -> ObjectKey { ObjectKey.blobs.appending(digest) }
}

// MARK: - Outcomes and replicas

extension StateStore {
    /// What became of a serial, or nil when nobody said.
    ///
    /// - Throws: ``StateStoreError``.
    package func outcome(of serial: Int) async throws -> DeploymentOutcome? {
        guard
            let object = try await objects.get(
                ObjectKey.outcomes.appending(serial), limitInBytes: Self.recordLimitInBytes)
        else { return nil }
        return try DeploymentOutcome(decoding: object.bytes)
    }

    /// Keeps what became of a serial; a later outcome of the same serial replaces it.
    ///
    /// - Throws: ``StateStoreError``.
    package func putOutcome(_ outcome: DeploymentOutcome) async throws {
        try await objects.put(outcome.json.recordBytes, to: ObjectKey.outcomes.appending(outcome.serial))
    }

    /// The reports of the live replicas, sorted by id.
    ///
    /// What is no report, or one of a newer format, is left out: a foreign file must not stop a deploy.
    ///
    /// - Parameter now: The time against which ``ReplicaReport/lifetime`` counts.
    /// - Returns: One report for each live replica.
    /// - Throws: ``StateStoreError`` with the code `unavailable`.
    package func liveReplicas(at now: Timestamp) async throws -> [ReplicaReport] {
        try await replicas(at: now).live
    }

    /// The reports of the live replicas, and the ids of all that did not take their report away.
    ///
    /// An id without a live report is a replica that fell silent: one that stops in good order removes its report.
    ///
    /// - Parameter now: The time against which ``ReplicaReport/lifetime`` counts.
    /// - Returns: The live replicas' reports, sorted by id, and the ids of everything that is stored as a report.
    /// - Throws: ``StateStoreError`` with the code `unavailable`.
    package func replicas(at now: Timestamp) async throws -> (live: [ReplicaReport], stored: Set<String>) {
        var reports: [ReplicaReport] = []
        let keys = try await objects.list(.replicas)
        for key in keys {
            guard let object = try await readReplica(at: key) else { continue }
            guard let report = try? ReplicaReport(decoding: object.bytes), report.isLive(at: now) else { continue }
            reports.append(report)
        }
        return (reports.sorted { $0.id < $1.id }, Set(keys.map(\.name)))
    }

    private func readReplica(at key: ObjectKey) async throws -> StoredObject? {
        do {
            return try await objects.get(key, limitInBytes: Self.recordLimitInBytes)
        } catch let error as StateStoreError where error.code == .corrupt {
            return nil
        }
    }

    /// Puts a replica's report in the place of its last one.
    ///
    /// - Throws: ``StateStoreError``.
    package func putReplica(_ report: ReplicaReport) async throws {
        try await objects.put(report.encoded, to: Self.replicaKey(report.id))
    }

    /// Takes a replica's report away, when it stops in good order.
    ///
    /// - Throws: ``StateStoreError``.
    package func removeReplica(_ id: String) async throws {
        try await objects.delete(Self.replicaKey(id))
    }

    private static func replicaKey(_ id: String) throws -> ObjectKey {
        guard id == ReplicaReport.identifier(from: id), let key = ObjectKey.replicas.appending(id) else {
            throw StateStoreError(.corrupt, "'\(id)' cannot be a replica's id")
        }
        return key
    }
}
