/// Random numbers that a seed repeats.
///
/// Source: Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 on, below a bound; the same for a seed with every standard library, as golden files need it.
    package mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True once in so many times.
    package mutating func once(in count: Int) -> Bool { number(below: count) == 0 }

    /// One of some values, of which there is at least one.
    package mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }
}
