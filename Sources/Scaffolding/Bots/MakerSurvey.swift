import BotConfiguration
package import ModelCatalog

/// The models of a maker that want a bot, and those that are passed over.
package struct MakerSurvey: Sendable {
    /// A model that gets no bot.
    package struct Skipped: Hashable, Sendable {
        package var modelID: String
        /// Why, as the end of a sentence: "closed to new accounts".
        package var reason: String

        package init(modelID: String, reason: String) {
            self.modelID = modelID
            self.reason = reason
        }
    }

    /// The maker's name for people.
    package let maker: String
    /// The models that want a bot, sorted by id.
    package private(set) var wanted: [ModelFacts] = []
    /// The models that chat and are passed over all the same, sorted by id.
    package private(set) var skipped: [Skipped] = []

    /// The models that make pictures or videos and can be called: each wants a look of its own, and none gets a bot
    /// here.
    package private(set) var others: [ModelFacts] = []

    /// Looks through the models of a maker that chat; nil when the catalog has no maker of that name.
    ///
    /// - Parameters:
    ///   - maker: The maker's name for people, or the beginning of its ids; case aside.
    ///   - catalog: The models there are.
    ///   - today: The day, as an ISO 8601 date, to judge what has come to its end.
    package init?(of maker: String, in catalog: ModelCatalog, today: String) {
        var filter = ModelFilter()
        filter.maker = maker
        guard let name = catalog.models(matching: filter).first?.maker else { return nil }
        self.maker = name
        for kind in [ModelKind.image, .imageEdit, .video] {
            filter.kind = kind
            others += catalog.models(matching: filter).filter { model in
                model.reasonToPassOver(today: today) == nil && BotForm(of: model.id, model).isKnown(model)
            }
        }
        filter.kind = .text
        for model in catalog.models(matching: filter) {
            if let reason = model.reasonToPassOver(today: today) {
                skipped.append(Skipped(modelID: model.id, reason: reason))
            } else {
                wanted.append(model)
            }
        }
    }
}

extension ModelFacts {
    /// Why nobody should begin with the model.
    ///
    /// - Parameter today: The day, as an ISO 8601 date.
    /// - Returns: The end of a sentence; nil for a model that can be called.
    package func reasonToPassOver(today: String) -> String? {
        if runtime == false { return "not served by bedrock-runtime" }
        if let date = endOfLife(by: today) { return "came to its end of life on \(date)" }
        guard listed else { return "old, in preview or gated: no region lists it" }
        guard lifecycle == .legacy else { return nil }
        return "closed to new accounts" + (deprecationDate.map { ", ends on \($0)" } ?? "")
    }
}
