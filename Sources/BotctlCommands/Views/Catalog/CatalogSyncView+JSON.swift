import BotConfiguration
import CatalogSync
import JSONCoding
import ModelCatalog
import Scaffolding

extension CatalogSyncView {
    var json: JSONObject {
        var result: JSONObject = [
            "upstream": .string(upstream.rawValue), "regions": strings(report.regions),
            "listed": .integer(report.listedCount), "has_changes": .bool(report.hasNews),
            "new": .array(report.new.map { .object(json(of: $0)) }),
            "changed": .array(report.changed.map { .object(json(of: $0)) }),
            "retired": .array(report.retired.map { .object(json(of: $0)) }),
            "without_bot": .array(report.withoutBot.map { .object(json(of: $0)) }),
            "provisioned_only": .integer(report.provisionedOnlyCount), "ignored": .integer(report.ignoredCount),
            "unknown_profiles": strings(report.unknownProfiles), "written": .bool(update?.files.isEmpty == false),
        ]
        guard let update else { return result }
        result.append(
            "files", .array(update.files.map { ["path": .string($0.path), "text": .string($0.text)] }))
        result.append(
            "facts",
            .array(update.written.map { ["id": .string($0.id), "file": .string($0.file), "keys": strings($0.keys)] }))
        result.append(
            "refused",
            .array(
                update.refused.map {
                    [
                        "id": .string($0.id), "file": .string($0.file), "keys": strings($0.keys),
                        "reason": .string($0.reason),
                    ]
                }))
        return result
    }

    private func json(of model: ListedModel) -> JSONObject {
        var result: JSONObject = ["id": .string(model.id), "regions": strings(model.regions)]
        for fact in model.allFacts { result.append(fact.key.replacing(".", with: "_"), fact.json) }
        return result
    }

    private func json(of change: CatalogReport.Change) -> JSONObject {
        var result: JSONObject = ["id": .string(change.id)]
        switch change.retirement {
        case nil: break
        case .notListed?: result.append("reason", "not_listed")
        case .legacy?: result.append("reason", "legacy")
        case .ended?: result.append("reason", "ended")
        }
        result.append("missing_regions", strings(change.missingRegions))
        result.append("bots", strings(bots[change.id] ?? []))
        result.append(
            "differences",
            .array(
                change.differences.map { difference in
                    var object: JSONObject = [
                        "key": .string(difference.listed.key), "known": difference.known?.json ?? .null,
                        "listed": difference.listed.json, "text": .string(difference.text),
                    ]
                    object["kept_by"] = difference.keptBy.map { .string($0) }
                    return .object(object)
                }))
        return result
    }

    private func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}

// MARK: - Words

extension ListedModel {
    /// What is listed of the model, on one line.
    var summary: String {
        func words(_ modalities: [Modality]) -> String {
            modalities.map { $0.rawValue.lowercased() }.joined(separator: ", ")
        }
        var parts = [[name, maker].compactMap(\.self).joined(separator: ", by ")]
        if !inputModalities.isEmpty || !outputModalities.isEmpty {
            parts.append("\(words(inputModalities)) to \(words(outputModalities))")
        }
        if let streams { parts.append(streams ? "streams" : "does not stream") }
        if let lifecycle { parts.append(lifecycle.rawValue.lowercased()) }
        if let endOfLife { parts.append("ends on \(endOfLife)") }
        if !onDemandRegions.isEmpty { parts.append("on demand in \(onDemandRegions.joined(separator: ", "))") }
        for profile in profiles {
            parts.append("\(profile.id) from \((profile.sourceRegions ?? []).joined(separator: ", "))")
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// How it can be called: `on demand`, or the prefixes of its profiles.
    var ways: String {
        ((onDemandRegions.isEmpty ? [] : ["on demand"]) + profiles.map(\.prefix)).joined(separator: ", ")
    }
}

extension CatalogReport.Change {
    /// What is different, a line each.
    var lines: [String] {
        var lines: [String] = []
        switch retirement {
        case .notListed?: lines.append("no longer listed in \(missingRegions.joined(separator: ", "))")
        case .ended(let day)?: lines.append("its life ended on \(day)")
        case .legacy?, nil:
            if !missingRegions.isEmpty { lines.append("no longer listed in \(missingRegions.joined(separator: ", "))") }
        }
        return lines
            + differences.map { difference in
                difference.keptBy.map { "\(difference.text) (\($0) says otherwise, and wins)" } ?? difference.text
            }
    }
}
