import BotConfiguration
import DiagnosticRendering
import Diagnostics
import JSONCoding
import ModelCatalog
import Scaffolding

/// Everything that is known of one model.
struct ModelView: ResultView {
    let facts: ModelFacts
    let inUse: CatalogInUse
    /// The region that calls it.
    let region: String
    /// Where bots are placed that say nothing of it.
    let placement: BotPlacement
    /// The day, as an ISO 8601 date.
    let today: String

    /// Writes the model to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        terminal.output(style.bold(facts.id) + style.dim("  \(facts.displayName) by \(facts.maker)"))
        let page = FieldPage(terminal: terminal)
        page.field("kind", kind)
        page.field("status", status) { end == nil ? $0 : style.red($0) }
        page.field("tokens", tokens)
        page.field("can", words(true))
        page.field("cannot", words(false))
        page.field("not known", words(nil), paint: style.dim)
        page.field("reasoning", reasoning)
        page.field("caching", facts.promptCacheMinTokens.map { "from \(ModelNumbers.grouped($0)) tokens on" })
        page.field("used by", inUse.bots[facts.id]?.joined(separator: ", "))
        page.field("facts", sources)
        showCall(page, style)
        ModelPriceTable(prices: facts.prices).show(terminal)
        showBot(terminal, style)
    }

    // MARK: - What it is

    private var kind: String {
        func text(_ modalities: [Modality]) -> String {
            Modality.allCases.filter(modalities.contains).map { $0.rawValue.lowercased() }.joined(separator: ", ")
        }
        guard !facts.inputModalities.isEmpty, !facts.outputModalities.isEmpty else {
            return facts.kind.configurationName
        }
        let flow = "\(text(facts.inputModalities)) to \(text(facts.outputModalities))"
        return "\(facts.kind.configurationName): \(flow)"
    }

    /// The day on which it came to its end of life; nil while that is ahead.
    private var end: String? { facts.endOfLife(by: today) }

    private var status: String {
        var parts: [String] = []
        switch facts.lifecycle {
        case .active: parts.append("active")
        case .legacy: parts.append("legacy, closed to new accounts")
        case nil: if !facts.listed { parts.append("not listed by the control plane: old, preview, gated or newer") }
        }
        if let end {
            parts.append("came to its end of life on \(end)")
        } else if let date = facts.deprecationDate {
            parts.append("end of life announced for \(date)")
        }
        if facts.runtime == false { parts.append("only on bedrock-mantle, which is another service") }
        return parts.joined(separator: "; ")
    }

    private var tokens: String? {
        let parts = [
            facts.contextTokens.map { "\(ModelNumbers.grouped($0)) of context" },
            facts.maxOutputTokens.map { "\(ModelNumbers.grouped($0)) in an answer" },
            facts.embeddingDimensions.map { "embeddings of \(ModelNumbers.grouped($0)) dimensions" },
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func words(_ flag: Bool?) -> String? {
        let names = ModelCapability.allCases.filter { facts.capabilities[$0] == flag }.map { capability in
            let modes = capability == .toolChoice && flag == true ? facts.capabilities.toolChoiceModes : nil
            return capability.configurationName
                + (modes.map { " (\($0.map(\.rawValue).joined(separator: " ")))" } ?? "")
        }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private var reasoning: String? {
        guard let reasoning = facts.reasoning else { return nil }
        let accepted = ReasoningEffort.allCases.filter { reasoning.accepts($0) == true }.map(\.rawValue)
        let refused = ReasoningEffort.allCases.filter { reasoning.accepts($0) == false }.map(\.rawValue)
        var parts: [String] = []
        if reasoning.alwaysOn == true { parts.append("always on") }
        if reasoning.adaptiveThinking == true { parts.append("adaptive thinking") }
        if reasoning.budgetTokens == true { parts.append("takes a budget of tokens") }
        if !accepted.isEmpty { parts.append("efforts \(accepted.joined(separator: ", "))") }
        if !refused.isEmpty { parts.append("refuses \(refused.joined(separator: ", "))") }
        return parts.joined(separator: "; ")
    }

    private var sources: String {
        var parts: [String] = []
        if inUse.snapshot.facts(for: facts.id) != nil, let date = inUse.catalog.snapshotDate {
            parts.append("this botctl's snapshot of \(date)")
        }
        if let place = inUse.projectFacts?.place(of: facts.id) {
            let keys = inUse.projectFacts?.keys(of: facts.id) ?? []
            parts.append(
                "\(place.file):\(place.line)" + (keys.isEmpty ? "" : " says \(keys.joined(separator: ", "))"))
        }
        return parts.joined(separator: "; ")
    }

    // MARK: - How it is called

    private var call: ModelCallView {
        ModelCallView(
            facts: facts, region: region,
            call: ModelCall(of: facts, from: region, over: placement, catalog: inUse.catalog))
    }

    private func showCall(_ page: FieldPage, _ style: TextStyle) {
        page.heading("calling it from \(region)")
        if end != nil { page.text("by what is known the service refuses it: it came to its end of life") }
        for line in call.lines { page.text(line) }
        guard facts.runtime != false, !facts.onDemandRegions.isEmpty || !facts.inferenceProfiles.isEmpty else { return }
        page.heading("regions that can call it")
        page.field("on demand", facts.onDemandRegions.joined(separator: ", "))
        for profile in facts.inferenceProfiles { page.field(profile.prefix, sourceText(of: profile)) }
    }

    private func sourceText(of profile: InferenceProfile) -> String {
        guard let regions = profile.sourceRegions else { return "not known" }
        return profile.isGlobal ? Count.text(regions.count, "region") : regions.joined(separator: ", ")
    }

    // MARK: - Its bot

    private func showBot(_ terminal: Terminal, _ style: TextStyle) {
        terminal.output("")
        guard let bot = call.bot else {
            switch facts.kind {
            case .text: terminal.output("No bot can call it.")
            case .image, .imageEdit, .video: terminal.output("No bot can serve it yet: it \(facts.kind.deed).")
            case .embedding, .rerank, .speech: terminal.output("No bot can serve it: it \(facts.kind.deed).")
            }
            return
        }
        terminal.output("A bot of it is one line, \(style.bold(bot.file)):")
        terminal.output("  \(bot.line)")
    }

    // MARK: - Scripts

    /// The model for scripts.
    var json: JSONObject {
        var result: JSONObject = ["snapshot": inUse.catalog.snapshotDate.map { .string($0) } ?? .null]
        for member in inUse.json(of: facts) { result.append(member.name, member.value) }
        result.append("region", .string(region))
        result.append("upstream_model", call.call.upstreamID.map { .string($0) } ?? .null)
        result.append(
            "routes",
            .array(
                facts.routes(from: region).map { route in
                    [
                        "upstream_model": .string(route.upstreamID),
                        "profile": route.profile.map { .string($0.prefix) } ?? .null,
                        "routes_to": route.profile?.routesTo.map { .array($0.map { .string($0) }) } ?? .null,
                    ]
                }))
        result.append(
            "bot", call.bot.map { ["file": .string($0.file), "text": .string($0.line + "\n")] } ?? .null)
        return result
    }
}
