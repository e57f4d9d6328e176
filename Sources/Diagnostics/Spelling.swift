/// Finds what a misspelt word was probably meant to be.
package enum Spelling {
    /// The best match for a word among those that are valid in its place, or nil when none is close.
    ///
    /// Close means: at most a third of the longer word is different, counting an insertion, a removal, a replacement
    /// and a swap of neighbours as one each. Ties go to the first in byte order, so the answer never changes from run
    /// to run.
    package static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased().utf8)
        guard typed.count <= 200 else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let letters = Array(candidate.lowercased().utf8)
            let bound = max(1, max(typed.count, letters.count) / 3)
            guard abs(typed.count - letters.count) <= bound else { continue }
            let distance = distance(from: typed, to: letters)
            guard distance <= bound else { continue }
            if let current = best, (current.distance, current.candidate) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// The optimal string alignment distance of two words.
    private static func distance(from left: [UInt8], to right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforePrevious[j - 1] + 1)
                }
                row.append(cost)
            }
            beforePrevious = previous
            previous = row
        }
        return previous[right.count]
    }
}
