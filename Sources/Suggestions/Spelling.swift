/// Finds what a misspelt word was probably meant to be.
package enum Spelling {
    /// The best match for a word among those that are valid in its place, or nil when none is close.
    ///
    /// Close means: at most a third of the longer word is different, counting an insertion, a removal, a replacement
    /// and a swap of neighbours as one each. Ties go to the first in byte order, so the answer never changes from run
    /// to run.
    package static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        match(for: word, among: candidates)?.candidate
    }

    /// A word that another one was probably meant to be.
    package struct Match: Hashable, Sendable {
        /// How many letters differ, as ``EditDistance`` counts them; 0 where only the case does.
        package let distance: Int
        package let candidate: String
    }

    /// The best match for a word, as ``closest(to:among:)`` finds it, with its distance: to choose between the matches
    /// of several places.
    package static func match(for word: String, among candidates: some Sequence<String>) -> Match? {
        let typed = Array(word.lowercased().utf8)
        guard typed.count <= 200 else { return nil }
        var best: Match?
        for candidate in candidates {
            let letters = Array(candidate.lowercased().utf8)
            let bound = max(1, max(typed.count, letters.count) / 3)
            guard abs(typed.count - letters.count) <= bound else { continue }
            guard let distance = EditDistance.distance(from: typed, to: letters, atMost: bound) else { continue }
            if let current = best, (current.distance, current.candidate) <= (distance, candidate) { continue }
            best = Match(distance: distance, candidate: candidate)
        }
        return best
    }
}
