/// Counts tokens as the simulator does: four bytes of UTF-8 are one.
enum TokenEstimate {
    /// The bytes of one token.
    static let bytesPerToken = 4

    /// The tokens of a text of that many bytes, rounded up.
    static func tokens(bytes: Int) -> Int { (bytes + bytesPerToken - 1) / bytesPerToken }
}
