/// An amount of money as a decimal fraction, exact: it never passes through a binary one.
package struct ExactAmount: Hashable, Sendable, CustomStringConvertible {
    /// The amount is `digits` divided by ten to the power of `scale`; `digits` does not end in 0 unless `scale` is 0.
    private let digits: Int128
    private let scale: Int

    /// Nothing.
    package static let zero = ExactAmount(digits: 0, scale: 0)

    /// More decimals than any price has, and few enough that sums of them fit.
    private static let scaleLimit = 24

    private init(digits: Int128, scale: Int) {
        var (digits, scale) = (digits, scale)
        while scale > 0, digits % 10 == 0 {
            digits /= 10
            scale -= 1
        }
        self.digits = digits
        self.scale = scale
    }

    /// An amount of a decimal text without an exponent, such as `0.035`; nil for any other, and for one too long.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.count <= Self.scaleLimit, parts.count == 1 || !fraction.isEmpty,
            fraction.allSatisfy({ $0.isASCII && $0.isNumber }), let digits = Int128(String(parts[0] + fraction))
        else { return nil }
        self.init(digits: digits, scale: fraction.count)
    }

    /// The amount that many times, divided by ten to a power; nil when that does not fit.
    package func times(_ count: Int, perPowerOfTen power: Int = 0) -> ExactAmount? {
        let (product, overflows) = digits.multipliedReportingOverflow(by: Int128(count))
        guard !overflows, scale + power <= 2 * Self.scaleLimit else { return nil }
        return ExactAmount(digits: product, scale: scale + power)
    }

    /// The sum; nil when that does not fit.
    package func plus(_ other: ExactAmount) -> ExactAmount? {
        let scale = max(scale, other.scale)
        guard let left = raised(to: scale), let right = other.raised(to: scale) else { return nil }
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? nil : ExactAmount(digits: sum, scale: scale)
    }

    private func raised(to target: Int) -> Int128? {
        var result = digits
        for _ in scale..<target {
            let (next, overflows) = result.multipliedReportingOverflow(by: 10)
            if overflows { return nil }
            result = next
        }
        return result
    }

    /// Whether one amount is less than another; false where that cannot be told.
    package static func < (left: ExactAmount, right: ExactAmount) -> Bool {
        let scale = max(left.scale, right.scale)
        guard let first = left.raised(to: scale), let second = right.raised(to: scale) else { return false }
        return first < second
    }

    /// The amount in decimals, without an exponent: `0.000035`.
    package var description: String {
        let text = String(digits.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - text.count)) + text
        let whole = padded.dropLast(scale)
        return (digits < 0 ? "-" : "") + whole + (scale > 0 ? "." + padded.suffix(scale) : "")
    }
}
