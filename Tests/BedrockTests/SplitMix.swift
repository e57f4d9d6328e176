/// Random numbers that a seed repeats (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
struct SplitMix {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    /// Whether something happens that does so once in that many times.
    mutating func happens(onceIn bound: Int) -> Bool { next(below: bound) == 0 }

    /// One of several.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }
}
