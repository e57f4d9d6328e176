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
            guard let distance = EditDistance.distance(from: typed, to: letters, atMost: bound) else { continue }
            if let current = best, (current.distance, current.candidate) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }
}
