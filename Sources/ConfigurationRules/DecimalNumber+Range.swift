import BotConfiguration

extension DecimalNumber {
    /// Whether this many, which is not negative, is at most what lies between two numbers, exactly.
    ///
    /// - Parameters:
    ///   - least: The lower end.
    ///   - greatest: The upper end, which is more.
    /// - Returns: Whether it fits.
    func fits(between least: DecimalNumber, and greatest: DecimalNumber) -> Bool {
        let scale = [self, least, greatest].map(\.fractionDigits.count).max() ?? 0
        // Moved by the lower end, both ends are whole numbers of one unit and not negative.
        let (own, low, high) = (scaled(by: scale), least.scaled(by: scale), greatest.scaled(by: scale))
        return switch (least.isNegative, greatest.isNegative) {
        case (true, false): !own.isMore(than: low + high)
        case (true, true): !(own + high).isMore(than: low)
        case (false, _): !(own + low).isMore(than: high)
        }
    }

    private var isNegative: Bool { text.hasPrefix("-") }

    private var fractionDigits: Substring { text.firstIndex(of: ".").map { text[$0...].dropFirst() } ?? "" }

    /// The magnitude in units of the last of so many fraction digits.
    private func scaled(by scale: Int) -> DecimalDigits {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }.map { $0 - 0x30 }
        return DecimalDigits(digits + Array(repeating: 0, count: scale - fractionDigits.count))
    }
}

/// A whole number of any length.
private struct DecimalDigits {
    /// The digits from the last to the first.
    private var digits: [UInt8]

    init(_ digits: [UInt8]) { self.digits = digits.reversed() }

    static func + (left: DecimalDigits, right: DecimalDigits) -> DecimalDigits {
        var sum: [UInt8] = []
        var carry: UInt8 = 0
        for index in 0..<max(left.digits.count, right.digits.count) {
            let digit = left.digit(index) + right.digit(index) + carry
            sum.append(digit % 10)
            carry = digit / 10
        }
        sum.append(carry)
        var result = left
        result.digits = sum
        return result
    }

    func isMore(than other: DecimalDigits) -> Bool {
        for index in (0..<max(digits.count, other.digits.count)).reversed() where digit(index) != other.digit(index) {
            return digit(index) > other.digit(index)
        }
        return false
    }

    private func digit(_ index: Int) -> UInt8 { index < digits.count ? digits[index] : 0 }
}
