private import Synchronization

/// A model's id and names as they are compared.
struct ModelForms: Sendable {
    /// The whole id, normalized.
    let id: [UInt8]
    /// The id without maker and version, normalized.
    let name: [UInt8]
    /// The id, whole and without its version, and the same without the maker, and the name for people.
    let all: [ComparedName]

    init(_ model: ModelFacts) {
        let whole = model.id[...]
        let name = whole.firstIndex(of: ".").map { whole[whole.index(after: $0)...] } ?? whole
        id = ModelName.normalized(whole)
        self.name = ModelName.normalized(ModelName.withoutVersion(name))
        all = [
            ComparedName(id, lack: 0),
            ComparedName(ModelName.normalized(ModelName.withoutVersion(whole)), lack: 1),
            ComparedName(ModelName.normalized(name), lack: 1), ComparedName(self.name, lack: 2),
            ComparedName(ModelName.normalized(model.displayName), lack: 2),
        ]
    }
}

/// A normalized name, ready to be compared with many others.
struct ComparedName: Sendable {
    let text: [UInt8]
    /// How much of the whole id is left out; 0 for nothing.
    let lack: Int
    /// How often each letter stands in it, some letters and digits counted together.
    private let counts: SIMD32<UInt8>

    init(_ text: [UInt8], lack: Int) {
        self.text = text
        self.lack = lack
        var counts = SIMD32<UInt8>()
        for byte in text { counts[Int(byte & 31)] &+= 1 }
        self.counts = counts
    }

    /// A number of edits that cannot be less; found without comparing the texts letter by letter.
    func leastDistance(to other: ComparedName) -> Int {
        let common = pointwiseMin(counts, other.counts)
        return max(Int((counts &- common).wrappedSum()), Int((other.counts &- common).wrappedSum()))
    }

    /// How many words it has.
    var wordCount: Int { 1 + text.count { $0 == ModelName.separator } }

    /// The name's first words; nil when it has no more than that, and when their length is not in the range.
    func beginning(words: Int, length: ClosedRange<Int>, lack: Int) -> ComparedName? {
        var rest = words
        for index in text.indices where text[index] == ModelName.separator {
            rest -= 1
            guard rest == 0 else { continue }
            return length.contains(index) ? ComparedName(Array(text[..<index]), lack: lack) : nil
        }
        return nil
    }
}

/// The forms of a catalog's models, made when they are first asked for.
final class ModelFormsIndex: Sendable {
    private let forms = Mutex<[ModelForms]?>(nil)

    /// The forms of these models, which must be the same each time.
    func forms(of models: [ModelFacts]) -> [ModelForms] {
        forms.withLock { forms in
            if let forms { return forms }
            let made = models.map(ModelForms.init)
            forms = made
            return made
        }
    }
}
