/// Numbers of things, in words.
enum Count {
    /// `1 bot`, `2 bots`, `0 bots`.
    static func text(_ number: Int, _ word: String) -> String {
        number == 1 ? "1 \(word)" : "\(number) \(word)s"
    }
}
