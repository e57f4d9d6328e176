package import BotConfiguration

extension StateStore {
    /// Makes a manifest the deployed one, if what it replaces still is.
    ///
    /// First the blobs, then `history/<serial of the base>`, then one conditional write of `manifest`: until that
    /// write nothing that anybody reads has changed.
    ///
    /// - Parameters:
    ///   - manifest: Made with ``Manifest/init(succeeding:newLineage:stamp:bots:)`` from the same base.
    ///   - base: What the manifest was made from; nil for the first one.
    ///   - blobs: What the manifest names and the base did not; others are written too if they are missing.
    /// - Returns: The manifest as it stands in the store.
    /// - Throws: ``StateStoreError``: `conflict` with the winner when somebody else was first, `missingBlob` when the
    ///   manifest names what neither the store nor `blobs` has, `corrupt` when the history holds another manifest of
    ///   the base's serial, `unavailable`. After `unavailable` the deployed manifest is the base or this one.
    package func promote(
        _ manifest: Manifest, over base: StoredManifest?, blobs: [StoredConfiguration]
    ) async throws -> StoredManifest {
        precondition(
            manifest.serial == (base?.serial ?? 0) + 1 && manifest.parent?.digest == base?.digest,
            "a manifest is promoted over the one that it was made from")
        try await write(blobs)
        try await requireBlobs(of: manifest, over: base, written: Set(blobs.map(\.digest)))
        if let base { try await keepInHistory(base) }
        try Task.checkCancellation()
        return try await replaceManifest(with: manifest, over: base)
    }

    private func write(_ blobs: [StoredConfiguration]) async throws {
        for blob in blobs {
            let key = Self.blobKey(blob.digest)
            guard try await objects.write(blob.bytes, to: key, if: .absent) == .conflict else { continue }
            let present = try await objects.get(key, limitInBytes: Self.blobLimitInBytes)
            // The content is known by its name, so putting it right is safe whoever else reads or writes it.
            if present?.bytes != blob.bytes { try await objects.put(blob.bytes, to: key) }
        }
    }

    /// Makes sure that a gateway will find what the manifest names, where the base does not vouch for it already.
    private func requireBlobs(
        of manifest: Manifest, over base: StoredManifest?, written: Set<ContentDigest>
    ) async throws {
        var known = written
        for bot in base?.manifest.bots.values.map(\.digests) ?? [] { known.formUnion(bot) }
        for digest in Set(manifest.bots.values.flatMap(\.digests)).subtracting(known).sorted() {
            _ = try await blob(digest)
        }
    }

    /// Copies the manifest that is about to be replaced.
    ///
    /// All contenders write the same bytes, so it does not matter
    /// which of them comes first, or whether one that came before was killed.
    private func keepInHistory(_ base: StoredManifest) async throws {
        let key = ObjectKey.history.appending(base.serial)
        guard try await objects.write(base.bytes, to: key, if: .absent) == .conflict else { return }
        let present = try await objects.get(key, limitInBytes: Self.manifestLimitInBytes)
        guard present?.bytes == base.bytes else {
            throw StateStoreError(
                .corrupt, "\(key) in \(location) is another manifest than the deployed one of serial \(base.serial)",
                hint: "the store seems to be restored from a backup: move the history from serial \(base.serial) on "
                    + "out of the way, then try again")
        }
    }

    private func replaceManifest(with manifest: Manifest, over base: StoredManifest?) async throws -> StoredManifest {
        let bytes = manifest.encoded
        let result: WriteResult
        do {
            result = try await objects.write(bytes, to: .manifest, if: base.map { .matches($0.tag) } ?? .absent)
        } catch let error as StateStoreError where error.code == .unavailable {
            // The write may have happened although its reply was lost; what stands there tells.
            guard let present = try? await objects.get(.manifest, limitInBytes: Self.manifestLimitInBytes),
                present.bytes == bytes
            else {
                var error = error
                error.message = "writing manifest serial \(manifest.serial) to \(location): \(error.message)"
                error.hint = "nothing half-written is left; see what is deployed with 'botctl history', then try again"
                throw error
            }
            result = .written(present.tag)
        }
        guard case .written(let tag) = result else { throw try await conflict(over: base) }
        return StoredManifest(manifest: manifest, bytes: bytes, tag: tag)
    }

    /// The error of a writer that came second.
    private func conflict(over base: StoredManifest?) async throws -> StateStoreError {
        let expected = base.map { "serial \($0.serial)" } ?? "no manifest"
        guard let winner = try await currentManifest() else {
            return StateStoreError(
                .conflict, "the manifest in \(location) was removed by somebody else; expected \(expected)",
                hint: "run the deploy again")
        }
        return StateStoreError(
            .conflict,
            "\(winner.manifest.by) deployed serial \(winner.serial) to \(location) first; expected \(expected)",
            hint: "look at 'botctl diff' again, then deploy again",
            winner: StateStoreError.Winner(serial: winner.serial, by: winner.manifest.by))
    }
}
