import Suggestions

extension ModelCatalog {
    /// The model id that was most likely meant by a misspelt one, or nil when nothing is near.
    ///
    /// See ``closestIDs(to:limit:)``.
    package func closestID(to text: String) -> String? { closestIDs(to: text, limit: 1).first }

    /// The model ids that a person may have meant by a text that is none, the likeliest first.
    ///
    /// A part of an id or name, such as `claude`, is looked up as ``search(_:)`` does, which puts current models first;
    /// anything else is compared letter by letter.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - limit: The most ids that are wanted.
    /// - Returns: Ids without profile prefix.
    package func suggestedIDs(for text: String, limit: Int) -> [String] {
        let words = String(Self.baseID(of: text).map { $0.isLetter || $0.isNumber ? $0 : " " })
        // Single letters begin a word of some model or other, and nobody means that one.
        guard words.split(separator: " ").contains(where: { $0.count > 1 }) else { return [] }
        let found = search(words, allowsSlips: false)
        return found.isEmpty ? closestIDs(to: text, limit: limit) : found.prefix(max(0, limit)).map(\.id)
    }

    /// The model ids that were most likely meant by a misspelt one, the likeliest first.
    ///
    /// Compares by edit distance, case and separators aside, with and without maker, version and date, and with the
    /// name for people, so that `nova-micro` and `Claude Sonnet 4.5` find their models. A beginning of a name stands
    /// for the newest of its family: `claude-sonnet`. A profile prefix does not matter, be it misspelt or not. Of
    /// equally near models those that chat and can be called come first, then the newer ones.
    ///
    /// Takes time in the order of the catalog's size times the squared length; texts over 128 bytes find nothing.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - limit: The most ids that are wanted.
    /// - Returns: Ids without profile prefix.
    package func closestIDs(to text: String, limit: Int) -> [String] {
        if let exact = facts(for: text) { return [exact.id] }
        let wanted = Wanted(text)
        guard !wanted.forms.isEmpty else { return [] }
        var found: [Candidate] = []
        for (model, forms) in zip(models, forms) {
            guard let distance = wanted.score(of: forms) else { continue }
            let weight = model.runtime == false ? Candidate.weightOfOtherEndpoint : 0
            let age = model.listed ? 0 : Candidate.weightOfUnlisted
            found.append(Candidate(model: model, name: forms.name, score: distance + max(weight, age)))
        }
        return found.sorted(by: Candidate.isLikelier).prefix(max(0, limit)).map(\.model.id)
    }
}

/// A model that may have been meant.
private struct Candidate {
    let model: ModelFacts
    let name: [UInt8]
    /// How far it is from what was written; less is nearer.
    let score: Int

    /// The weight of a model that only another endpoint serves; less than that of an edit.
    static let weightOfOtherEndpoint = 3
    /// The weight of a model that no region lists: most are old.
    static let weightOfUnlisted = 2

    static func isLikelier(_ left: Candidate, _ right: Candidate) -> Bool {
        let (leftKey, rightKey) = ((left.score, left.model.standing), (right.score, right.model.standing))
        if leftKey != rightKey { return leftKey < rightKey }
        if left.name != right.name { return ModelName.isLater(left.name, right.name) }
        return left.model.id < right.model.id
    }
}

/// What was written, in the forms in which it is compared.
private struct Wanted {
    let forms: [ComparedName]

    init(_ text: String) {
        let base = ModelCatalog.baseID(of: text)
        guard base.utf8.count <= ModelName.limitInBytes else {
            forms = []
            return
        }
        let whole = ModelName.normalized(base)
        var forms = [ComparedName(whole, lack: 0)]
        let versionless = ModelName.normalized(ModelName.withoutVersion(base[...]))
        if versionless != whole { forms.append(ComparedName(versionless, lack: 1)) }
        // What looks like a prefix may be a misspelt one.
        let parts = base.split(separator: ".", maxSplits: 1)
        if parts.count == 2, parts[1].contains(".") {
            forms.append(ComparedName(ModelName.normalized(parts[1]), lack: 2))
        }
        self.forms = forms.filter { !$0.text.isEmpty }
    }

    /// Each edit weighs as much as four things that are left out.
    private static let weightOfEdit = 4
    /// The weight of writing only the beginning of a name.
    private static let weightOfBeginning = 3

    /// How far a model is from what was written, or nil when it is not near.
    func score(of model: ModelForms) -> Int? {
        var best: Int?
        for wanted in forms {
            let words = wanted.text.count >= 4 ? wanted.wordCount : nil
            let most = wanted.text.count / 4
            let lengths = wanted.text.count - most...wanted.text.count + most
            for form in model.all {
                improve(&best, by: wanted, over: form)
                if let words,
                    let beginning = form.beginning(words: words, length: lengths, lack: Self.weightOfBeginning)
                {
                    improve(&best, by: wanted, over: beginning)
                }
            }
        }
        return best
    }

    /// Lowers the best score to that of one form, if that is near enough and less.
    private func improve(_ best: inout Int?, by wanted: ComparedName, over form: ComparedName) {
        let limit = min(wanted.text.count, form.text.count) / 4
        var bound = limit > 0 || form.text.count < 4 ? limit : 1
        if let best { bound = min(bound, best / Self.weightOfEdit) }
        guard wanted.leastDistance(to: form) <= bound,
            let distance = EditDistance.distance(from: wanted.text, to: form.text, atMost: bound)
        else { return }
        best = min(best ?? .max, distance * Self.weightOfEdit + wanted.lack + form.lack)
    }
}

extension ModelFacts {
    /// How readily a person would use the model: 0 for one that chats, is current and can be called, more for others.
    var standing: Int {
        (kind == .text ? 0 : 8) + (runtime == false ? 4 : 0) + (listed ? 0 : 2) + (lifecycle == .legacy ? 1 : 0)
    }
}
