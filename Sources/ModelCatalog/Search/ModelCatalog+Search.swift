import Suggestions

extension ModelCatalog {
    /// The models that words describe, the best match first.
    ///
    /// Every word must be found in the id, the maker, the name for people or the kind, case and separators aside:
    /// as a whole word, as the beginning of one, inside one, or misspelt in one of four letters in a word of at least
    /// that length. The kind weighs most, then whole words, and an id or name that is what was written, or begins with
    /// it, comes first; then models that chat and can be called, then newer ones.
    ///
    /// - Parameter text: Words with spaces between them; of more than sixteen the first count.
    /// - Returns: The matches; none for a text without words.
    package func search(_ text: String) -> [ModelFacts] { search(text, allowsSlips: true) }

    /// The same, and without slips only models that have every word as it was written.
    func search(_ text: String, allowsSlips: Bool) -> [ModelFacts] {
        let words = text.split(separator: " ").prefix(16).map { ModelName.normalized($0.prefix(64)) }
            .filter { !$0.isEmpty }
        guard !words.isEmpty else { return [] }
        let phrase = Array(words.joined(separator: [ModelName.separator]))
        var found: [(model: ModelFacts, name: [UInt8], score: Int)] = []
        for (model, forms) in zip(models, forms) {
            let hay = Haystack(model, forms)
            var score = hay.weight(ofPhrase: phrase, model, forms)
            var matchesAll = true
            for word in words where matchesAll {
                let weight = hay.weight(of: word, allowsSlips: allowsSlips)
                matchesAll = weight > 0
                score += weight
            }
            if matchesAll { found.append((model, forms.name, score)) }
        }
        found.sort { left, right in
            let (leftKey, rightKey) = ((-left.score, left.model.standing), (-right.score, right.model.standing))
            if leftKey != rightKey { return leftKey < rightKey }
            if left.name != right.name { return ModelName.isLater(left.name, right.name) }
            return left.model.id < right.model.id
        }
        return found.map(\.model)
    }
}

/// The words of one model among which a word is looked for.
private struct Haystack {
    /// Words with a separator before, between and after them.
    private let text: [UInt8]
    private let kind: [UInt8]

    init(_ model: ModelFacts, _ forms: ModelForms) {
        kind = ModelName.normalized(model.kind.configurationName)
        let parts = [
            forms.id, ModelName.normalized(model.maker), ModelName.normalized(model.displayName), kind,
        ]
        text = [ModelName.separator] + parts.joined(separator: [ModelName.separator]) + [ModelName.separator]
    }

    /// How well a word is found; 0 for not at all.
    func weight(of word: [UInt8], allowsSlips: Bool) -> Int {
        if word == kind { return 12 }
        let start = [ModelName.separator] + word
        if text.contains(start + [ModelName.separator]) { return 8 }
        if text.contains(start) { return 5 }
        // One or two letters or digits stand inside of too many words.
        if word.count >= 3, text.contains(word) { return 3 }
        guard allowsSlips, word.count >= 4 else { return 0 }
        let isNear = text.split(separator: ModelName.separator).contains {
            EditDistance.distance(from: word, to: Array($0), atMost: word.count / 4) != nil
        }
        return isNear ? 1 : 0
    }

    /// How well everything that was written fits the whole id or name.
    ///
    /// A model that no region lists any more needs its whole id: the short name of the first of a family, `Claude`, is
    /// what people call the family.
    func weight(ofPhrase phrase: [UInt8], _ model: ModelFacts, _ forms: ModelForms) -> Int {
        if forms.all.contains(where: { $0.text == phrase && (model.listed || $0.lack == 0) }) { return 40 }
        return forms.all.contains { $0.text.starts(with: phrase) } ? 10 : 0
    }
}
