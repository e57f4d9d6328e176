extension Spelling {
    /// What a misspelt word was meant to be, when nothing else can have been meant; for repairs that nobody confirms.
    ///
    /// Narrower than ``closest(to:among:)``: words that differ only in case and in `-` and `_`, or by one letter that
    /// is missing, too much or swapped with its neighbour; of words of at least eight letters also two such slips, or
    /// one wrong letter. So `top_k` is not taken for `top_p`, nor `min_tokens` for `max_tokens`. No other candidate may
    /// come as close.
    ///
    /// - Parameters:
    ///   - word: The word as it was written.
    ///   - candidates: What is valid in its place.
    /// - Returns: The one candidate, or nil when there is none or more than one.
    package static func certain(for word: String, among candidates: some Sequence<String>) -> String? {
        let typed = letters(of: word)
        guard !typed.isEmpty, typed.count <= 200 else { return nil }
        var best: (cost: Int, candidate: String)?
        var isTied = false
        for candidate in candidates {
            let meant = letters(of: candidate)
            let length = max(typed.count, meant.count)
            let bound = length >= 8 ? 2 : length >= 4 ? 1 : 0
            guard let cost = cost(from: typed, to: meant, atMost: bound) else { continue }
            if let current = best, current.cost <= cost {
                isTied = isTied || current.cost == cost && current.candidate != candidate
                continue
            }
            best = (cost, candidate)
            isTied = false
        }
        return isTied ? nil : best?.candidate
    }

    /// The word in lower case, without `-`, `_` and spaces.
    private static func letters(of word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") && $0 != 0x20 }
    }

    /// The slips between two words, a wrong letter counted as two; nil over the bound.
    private static func cost(from left: [UInt8], to right: [UInt8], atMost bound: Int) -> Int? {
        guard abs(left.count - right.count) <= bound else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var cost = min(last[column + 1], current[column]) + 1
                if left[row] == right[column] { cost = min(cost, last[column]) }
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
}
