import Diagnostics

/// Keeps plain texts that stand where a secret belongs out of every excerpt of their file.
struct SecretMask: Sendable {
    /// Where such texts stand, by file.
    private var places: [String: [SourceLocation]] = [:]
    private var ranges: [String: [Range<Int>]] = [:]
    /// The lines of files that are not valid YAML that belong to the value of a secret in a line above.
    private var continuations: [String: Set<Int>] = [:]

    /// Adds ranges of a file that must not be shown.
    mutating func add(_ ranges: [Range<Int>], of text: SourceText) {
        guard let first = ranges.first else { return }
        // So many are hidden together with what stands between them.
        let all = ranges.reduce(first) { min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound) }
        let ranges = ranges.count > 256 ? [all] : ranges
        places[text.name, default: []] += ranges.flatMap { text.locations(of: $0) }
        self.ranges[text.name, default: []] += ranges
    }

    /// Adds what lines of a file hold that the decoder never sees, because it is not valid YAML.
    mutating func add(linesOf text: SourceText) {
        continuations[text.name, default: []].formUnion(SecretLines(of: text.bytes).continuations)
    }

    /// Adds what another mask hides in other files.
    mutating func add(_ other: SecretMask) {
        places.merge(other.places) { $0 + $1 }
        ranges.merge(other.ranges) { $0 + $1 }
        continuations.merge(other.continuations) { $0.union($1) }
    }

    /// The bytes of a file with those texts hidden, line by line.
    func masked(_ bytes: [UInt8], of file: String) -> [UInt8] {
        var masked = bytes
        for range in ranges[file] ?? [] {
            for index in range.clamped(to: bytes.indices) where bytes[index] != 0x0A && bytes[index] != 0x0D {
                masked[index] = UInt8(ascii: "*")
            }
        }
        return SecretLines(of: masked).masked
    }

    /// The diagnostics with those texts hidden.
    func masked(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.map { diagnostic in
            var copy = diagnostic
            copy.location = diagnostic.location.map(masked)
            for index in copy.notes.indices { copy.notes[index].location = copy.notes[index].location.map(masked) }
            return copy
        }
    }

    private func masked(_ location: SourceLocation) -> SourceLocation {
        var location = location
        for place in places[location.file] ?? [] where place.line == location.line { location.mask(place) }
        let isContinuation = continuations[location.file]?.contains(location.line) ?? false
        location.excerpt =
            isContinuation ? SecretLine.hidden(location.excerpt) : SecretLine(location.excerpt).masked
        return location
    }
}
