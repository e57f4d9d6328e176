import BotConfiguration
import Diagnostics
import JSONCoding
import ModelCatalog
import Scaffolding

/// Models, one on a line.
struct ModelListView {
    let models: [ModelFacts]
    let inUse: CatalogInUse
    /// The region that prices are for; nil for the one of bots that name none.
    let region: String?
    /// The day, as an ISO 8601 date.
    let today: String

    /// Writes a table for each kind to standard output, and what they are to standard error.
    func showByKind(_ terminal: Terminal) {
        let kinds = ModelKind.allCases.filter { kind in models.contains { $0.kind == kind } }
        for (index, kind) in kinds.enumerated() {
            if index > 0 { terminal.output("") }
            if kinds.count > 1 { terminal.output(terminal.outputStyle.bold(kind.configurationName)) }
            show(models.filter { $0.kind == kind }, of: kind, terminal)
        }
        var parts = [Count.text(models.count, "model")]
        if let date = inUse.catalog.snapshotDate { parts.append("facts of \(date)") }
        let own = models.count { inUse.catalog.overlays[$0.id] != nil }
        if own > 0 { parts.append("\(own) with facts of this project") }
        terminal.note(parts.joined(separator: ", "))
    }

    private func show(_ models: [ModelFacts], of kind: ModelKind, _ terminal: Terminal) {
        let style = terminal.outputStyle
        let makesPictures = [.image, .imageEdit, .video].contains(kind)
        let titles =
            makesPictures ? ["MODEL", "$", "REG", "END"] : ["MODEL", "CTX", "OUT", "$/M TOKENS", "REG", "END"]
        var table = TextTable(titles, rightAligned: Set(1..<titles.count - 1))
        for model in models {
            let limits = makesPictures ? [] : [tokenCell(model.contextTokens), tokenCell(model.maxOutputTokens)]
            table.append(
                [idCell(of: model, style)] + limits + [
                    TextTable.Cell(price(of: model)), TextTable.Cell(regionCount(of: model)),
                    endCell(of: model, terminal),
                ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line.trimmedAtEnd) }
    }

    /// Writes one table in the order of the models to standard output.
    func showRanked(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(["MODEL", "KIND", "CTX", "OUT", "$/M TOKENS"], rightAligned: [2, 3, 4])
        for model in models {
            table.append([
                idCell(of: model, style),
                TextTable.Cell(model.kind.configurationName),
                tokenCell(model.contextTokens), tokenCell(model.maxOutputTokens),
                TextTable.Cell(price(of: model)),
            ])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line.trimmedAtEnd) }
    }

    /// The id; of a model that a bot has in bold.
    private func idCell(of model: ModelFacts, _ style: TextStyle) -> TextTable.Cell {
        guard inUse.bots[model.id] != nil else { return TextTable.Cell(model.id) }
        return TextTable.Cell(model.id, paint: style.bold)
    }

    private func tokenCell(_ tokens: Int?) -> TextTable.Cell {
        TextTable.Cell(tokens.map(ModelNumbers.rounded) ?? "")
    }

    private func price(of model: ModelFacts) -> String {
        let region = region ?? BotPlacement.schemaDefault.region
        let prefix = model.routes(from: region).first?.profile?.prefix
        return ModelNumbers.price(model.prices.price(profilePrefix: prefix, region: region))
    }

    private func regionCount(of model: ModelFacts) -> String {
        guard model.listed || model.runtime == false else { return "?" }
        return String(model.callableRegions.count)
    }

    private func endCell(of model: ModelFacts, _ terminal: Terminal) -> TextTable.Cell {
        let style = terminal.outputStyle
        guard let date = model.deprecationDate else {
            return TextTable.Cell(model.lifecycle == .legacy ? "legacy" : "", paint: style.yellow)
        }
        let isNarrow = terminal.tableWidth < 100
        return TextTable.Cell(
            isNarrow ? String(date.prefix(7)) : date, paint: date <= today ? style.red : style.yellow)
    }

    /// The models for scripts.
    var json: JSONObject {
        [
            "snapshot": inUse.catalog.snapshotDate.map { .string($0) } ?? .null,
            "models": .array(models.map { .object(inUse.json(of: $0)) }),
        ]
    }
}

extension CatalogInUse {
    /// A model for scripts; its `facts` have the form of a file in `catalog.d`.
    func json(of model: ModelFacts) -> JSONObject {
        func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        var result: JSONObject = [
            "id": .string(model.id), "facts": .object(model.configuration), "listed": .bool(model.listed),
            "callable_regions": strings(model.callableRegions),
        ]
        result["listing_changed"] = model.listingChanged.map { .string($0) }
        result["embedding_dimensions"] = model.embeddingDimensions.map { .integer($0) }
        if !model.mantleRegions.isEmpty { result["mantle_regions"] = strings(model.mantleRegions) }
        result["used_by"] = strings(bots[model.id] ?? [])
        result["project_facts"] = projectFacts?.place(of: model.id).map { place in
            [
                "file": .string(place.file), "line": .integer(place.line),
                "keys": strings(projectFacts?.keys(of: model.id) ?? []),
            ]
        }
        return result
    }
}

extension String {
    /// The text without spaces at its end.
    var trimmedAtEnd: String {
        var result = self[...]
        while result.last == " " { result = result.dropLast() }
        return String(result)
    }
}
