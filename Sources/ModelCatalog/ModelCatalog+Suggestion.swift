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
                guard let distance = editDistance(wanted, Array(form), atMost: bound) else { continue }
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

/// The number of bytes to insert, delete, replace or swap with a neighbour (optimal string alignment), or nil when
/// it is over the bound.
private func editDistance(_ left: [UInt8], _ right: [UInt8], atMost bound: Int) -> Int? {
    guard bound >= 0, abs(left.count - right.count) <= bound else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
        var current = [row + 1]
        current.reserveCapacity(right.count + 1)
        for column in 0..<right.count {
            var cost = min(last[column + 1] + 1, current[column] + 1)
            cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        guard current.contains(where: { $0 <= bound }) else { return nil }
        (beforeLast, last) = (last, current)
    }
    return last[right.count] <= bound ? last[right.count] : nil
}
