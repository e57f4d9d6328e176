/// Names in a sentence: `'a', 'b' and 'c'`, or `'a', 'b', 'c' and 9 more`.
struct NameList {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    var text: String {
        let quoted = names.map { "'\($0)'" }
        guard quoted.count > 1 else { return quoted.first ?? "" }
        guard quoted.count > 4 else {
            return quoted.dropLast().joined(separator: ", ") + " and " + quoted[quoted.count - 1]
        }
        return quoted.prefix(3).joined(separator: ", ") + " and \(quoted.count - 3) more"
    }
}
