package import ModelCatalog

/// An id taken apart into the family of models that it names and the version within it.
///
/// `anthropic.claude-opus-4-5-20251101-v1:0` is version 4, 5 of the family of maker `anthropic` and words `claude`,
/// `opus`. Numbers in names make versions wherever they stand (`meta.llama3-1-8b` is 3, 1, 8 of `llama`, `b`), dates
/// and the first version of a packaging make none.
package struct ModelFamily: Hashable, Sendable {
    /// The words of the id without its numbers, sorted: makers wrote `claude-3-opus` before they wrote `claude-opus-4`.
    package let words: [String]
    /// The numbers of the id, in their order.
    package let version: [Int]

    /// Takes an id apart.
    ///
    /// - Parameter id: A model's id, with or without a profile's prefix.
    package init(of id: String) {
        let rest = Self.withoutPackaging(ModelCatalog.baseID(of: id).lowercased())
        var words: [String] = []
        var version: [Int] = []
        for part in rest.split(whereSeparator: { "-._:".contains($0) }) {
            let letters = part.filter { !$0.isNumber }
            if !letters.isEmpty, letters != "v" { words.append(String(letters)) }
            for number in part.split(whereSeparator: { !$0.isNumber }) {
                // What is longer than that is a date.
                if number.utf8.count <= 5, let number = Int(number) { version.append(number) }
            }
        }
        self.words = words.sorted()
        self.version = version
    }

    /// The id without an end such as `-v1:0` or `-v1:0:300k`; a `-v2:0` says that there was a version 1.
    private static func withoutPackaging(_ id: String) -> Substring {
        let dash = id.lastIndex(of: "-") ?? id.startIndex
        let end = id[dash...].dropFirst()
        guard end.hasPrefix("v1:") else { return id[...] }
        return id[..<dash]
    }
}

extension ModelCatalog {
    /// The models of the family that an id names, those that can be called first and of them the newest first.
    ///
    /// - Parameter id: A model's id, with or without a profile's prefix, which need not be in the catalog.
    /// - Returns: The models of that family, the one of the id among them; empty when there are none.
    package func relatives(of id: String) -> [ModelFacts] {
        let family = ModelFamily(of: id)
        return models.map { (facts: $0, family: ModelFamily(of: $0.id)) }
            .filter { $0.family.words == family.words }
            .sorted { left, right in
                if left.facts.rank != right.facts.rank { return left.facts.rank < right.facts.rank }
                if left.family.version != right.family.version {
                    return right.family.version.lexicographicallyPrecedes(left.family.version)
                }
                return left.facts.id > right.facts.id
            }
            .map(\.facts)
    }

    /// The model to take in place of one that no bot can call: of its own version if there is one, else the newest.
    ///
    /// - Parameter id: The id of the model that cannot be called.
    /// - Returns: The id of one of its family that chats and can be called; nil when there is none.
    func callableRelative(of id: String) -> String? {
        let version = ModelFamily(of: id).version
        let callable = relatives(of: id).filter { $0.kind == .text && $0.runtime != false && $0.listed && $0.id != id }
        return (callable.first { ModelFamily(of: $0.id).version == version } ?? callable.first)?.id
    }
}

extension ModelFacts {
    /// How far a person is from being able to call the model; less is better.
    fileprivate var rank: Int {
        (runtime == false ? 4 : 0) + (listed ? 0 : 2) + (lifecycle == .legacy ? 1 : 0)
    }
}
