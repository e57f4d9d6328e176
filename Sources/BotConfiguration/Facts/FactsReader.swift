import Diagnostics
import ModelCatalog
import Suggestions
import YAMLSource

/// Makes facts of the files of `catalog.d`, one after the other, and collects what is wrong.
struct FactsReader {
    private(set) var facts = ProjectFacts()
    private(set) var diagnostics: [Diagnostic] = []
    /// What no excerpt may show.
    private(set) var secrets = SecretMask()

    /// Takes a file: a map with one model's facts, or a list of such maps under `models`.
    ///
    /// What is wrong is reported and left out; the rest of the model still counts.
    mutating func read(_ root: YAMLNode, of text: SourceText) {
        var decoder = LayerDecoder(layer: .facts, text: text)
        guard root.kind == .mapping else {
            decoder.report(
                .wrongType, "the file must hold a map of keys", at: root,
                help: [
                    "start with a key, such as 'id: acme.rocket-2-v1:0'; several models stand in a list under 'models'"
                ])
            diagnostics += decoder.diagnostics
            return
        }
        let isList = root.entry(forKey: "models") != nil
        let schema = isList ? FactsSchema.file : FactsSchema.model
        let object = decoder.decodeObject(root, schema: schema, path: [])
        diagnostics += decoder.reportedDiagnostics
        secrets.add(decoder.secretRanges, of: text)
        var completeness = CompletenessCheck(
            file: text.name, filePlace: Origin(layer: .facts, text: text, range: root.headRange),
            rejectedPaths: decoder.rejectedPaths)
        completeness.check(object, schema)
        diagnostics += completeness.diagnostics
        guard isList else { return add(object) }
        guard case .list(let nodes)? = object.fields["models"]?.value else { return }
        for node in nodes {
            if case .object(let model) = node.value { add(model) }
        }
    }

    private mutating func add(_ object: ConfigObject) {
        guard var overlay = ModelFactsOverlay(object), let idNode = object.fields["id"] else { return }
        guard check(idNode.origin, isBareID: overlay.id) else { return }
        checkRoutes(object, of: overlay)
        checkPriceKeys(object)
        overlay.file = idNode.origin.text?.name
        let entry = ProjectFacts.Entry(overlay: overlay, values: object, origin: idNode.origin)
        guard !facts.add(entry) else { return }
        report(
            .duplicateFacts, "'\(overlay.id)' has facts in another place already", at: idNode.origin,
            help: ["put all facts about a model into one place"],
            notes: [Diagnostic.Note("the first one is here", at: facts.entry(for: overlay.id)?.origin.location)])
    }

    private mutating func check(_ origin: Origin, isBareID id: String) -> Bool {
        let bare = ModelCatalog.baseID(of: id)
        guard bare != id else { return true }
        report(
            .invalidFormat, "'\(id)' is no foundation model's id", at: origin,
            help: ["write '\(bare)'; inference profiles stand under 'inference_profiles'"])
        return false
    }

    private mutating func checkRoutes(_ object: ConfigObject, of overlay: ModelFactsOverlay) {
        if overlay.profileOnly == true, overlay.onDemandRegions?.isEmpty == false,
            let node = object.fields["profile_only"]
        {
            report(
                .contradictingKeys,
                "'profile_only' says that the bare id is rejected, 'on_demand_regions' where it is not",
                at: node.origin, help: ["remove one of them"])
        }
        guard case .list(let nodes)? = object.fields["inference_profiles"]?.value else { return }
        for node in nodes {
            guard case .object(let profile) = node.value, let idNode = profile.fields["id"],
                case .text(let id) = idNode.value
            else { continue }
            if ModelCatalog.profilePrefix(of: id) != nil, ModelCatalog.baseID(of: id) == overlay.id { continue }
            report(
                .invalidFormat, "'\(id)' is no inference profile of '\(overlay.id)'", at: idNode.origin,
                help: [
                    "write a prefix and the model's id, such as 'us.\(overlay.id)'; prefixes are "
                        + ModelCatalog.profilePrefixes.joined(separator: ", ")
                ])
        }
    }

    private mutating func checkPriceKeys(_ object: ConfigObject) {
        guard case .object(let prices)? = object.fields["prices"]?.value else { return }
        if case .object(let profiles)? = prices.fields["profiles"]?.value {
            for (prefix, node) in profiles.fields.sorted(by: { $0.key < $1.key })
            where !ModelCatalog.profilePrefixes.contains(prefix) {
                let meant = Spelling.closest(to: prefix, among: ModelCatalog.profilePrefixes)
                report(
                    .unknownChoice, "'\(prefix)' is no prefix of an inference profile", at: node.origin,
                    help: [
                        meant.map { "did you mean '\($0)'?" }
                            ?? "valid here: \(ModelCatalog.profilePrefixes.joined(separator: ", "))"
                    ])
            }
        }
        if case .object(let regions)? = prices.fields["regions"]?.value {
            for (region, node) in regions.fields.sorted(by: { $0.key < $1.key })
            where !TextFormat.region.accepts(region) {
                report(
                    .invalidFormat, "'\(region)' is not \(TextFormat.region.description)", at: node.origin, help: [])
            }
        }
    }

    private mutating func report(
        _ code: DiagnosticCode, _ message: String, at origin: Origin, help: [String],
        notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(Diagnostic(code, message, at: origin.location, help: help, notes: notes))
    }
}
