import Suggestions

extension ModelCatalog {
    /// The model id that was most likely meant by a misspelt one, or nil when nothing is near.
    ///
    /// Matches by edit distance, with or without the provider and the version suffix, so that `nova-micro` finds
    /// `amazon.nova-micro-v1:0`; of equally near ids the first in order of the alphabet. Takes time in the order of
    /// the catalog's size times the squared length; ids over 128 bytes find nothing.
    package func closestID(to id: String) -> String? {
        let wanted = Array(Self.baseID(of: id).utf8).map(lowercased)
        guard !wanted.isEmpty, wanted.count <= 128 else { return nil }
        let limit = max(1, wanted.count / 4)
        var best: (distance: Int, id: String)?
        for model in models {
            for form in forms(of: model.id) {
                let bound = min(limit, (best?.distance ?? limit + 1) - 1)
                guard let distance = EditDistance.distance(from: wanted, to: Array(form), atMost: bound) else {
                    continue
                }
                best = (distance, model.id)
            }
        }
        return best?.id
    }

    /// The id, the id without its provider, and both without the version suffix, which is easily forgotten.
    private func forms(of id: String) -> [Substring.UTF8View] {
        let whole = id[...]
        let name = whole.firstIndex(of: ".").map { whole[whole.index(after: $0)...] } ?? whole
        return [whole, withoutVersion(whole), name, withoutVersion(name)].map(\.utf8)
    }

    /// Cuts a trailing `-v1:0`.
    private func withoutVersion(_ id: Substring) -> Substring {
        guard let dash = id.lastIndex(of: "-"), dash != id.startIndex else { return id }
        let suffix = id[id.index(after: dash)...]
        return suffix.first == "v" && suffix.contains(":") ? id[..<dash] : id
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
