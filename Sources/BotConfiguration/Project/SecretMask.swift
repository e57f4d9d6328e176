import Diagnostics

/// Keeps plain texts that stand where a secret belongs out of every excerpt of their file.
struct SecretMask: Sendable {
    /// Where such texts stand, by file.
    private var places: [String: [SourceLocation]] = [:]

    /// Adds ranges of a file that must not be shown.
    mutating func add(_ ranges: [Range<Int>], of text: SourceText) {
        guard !ranges.isEmpty else { return }
        places[text.name, default: []] += ranges.flatMap { text.locations(of: $0) }
    }

    /// The diagnostics with those texts hidden.
    func masked(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !places.isEmpty else { return diagnostics }
        return diagnostics.map { diagnostic in
            guard var location = diagnostic.location, let hidden = places[location.file] else { return diagnostic }
            for place in hidden where place.line == location.line { location.mask(place) }
            var copy = diagnostic
            copy.location = location
            return copy
        }
    }
}
