import BotConfiguration

/// What of a bot's `parameter_controls` was written and is wrong, so that nothing more is said about it.
struct ControlRejections {
    /// Where the controls stand.
    static let root = "poe.parameter_controls"

    /// The paths of controls in which something is wrong; that of a condition does not hold for what it shows.
    private var controls: Set<String> = []
    /// The paths of entries that are wrong as a whole: their lists do not hold them.
    private var entries: Set<String> = []
    /// The paths of lists that would hold more, or that are wrong as a whole.
    private var lists: Set<String> = []
    /// Whether a control that is wrong may set a parameter of which nothing is known.
    private(set) var hideParameters = false

    /// The rejections among dotted paths such as `poe.parameter_controls.sections[0].controls[1].label`.
    init(_ rejectedPaths: some Sequence<String>) {
        for path in rejectedPaths where path == Self.root || path.hasPrefix(Self.root + ".") { add(path) }
    }

    private mutating func add(_ path: String) {
        if let bracket = path.lastIndex(of: "["), path.hasSuffix("]") {
            entries.insert(path)
            lists.insert(String(path[..<bracket]))
        } else {
            lists.insert(path)
        }
        let last = path.split(separator: ".").last.map { $0.prefix { $0 != "[" } } ?? ""
        if ["parameter_controls", "sections", "tabs", "controls", "parameter_name"].contains(last) {
            hideParameters = true
        }
        // The control is the innermost entry of a list of controls that leads to the path.
        var keys = path.split(separator: ".")
        while keys.popLast() != nil {
            guard let key = keys.last, key.hasPrefix("controls["), key.hasSuffix("]") else { continue }
            controls.insert(keys.joined(separator: "."))
            return
        }
    }

    /// Whether something is wrong in the control at a path.
    func control(at path: String) -> Bool { controls.contains(path) }

    /// Whether a list holds less than what was written.
    func mayHoldMore(_ path: String) -> Bool { lists.contains(path) }

    /// The entries of a list, each with its path as it was written.
    ///
    /// - Parameters:
    ///   - object: What holds the list.
    ///   - key: The key of the list.
    ///   - path: The path of the list.
    /// - Returns: The entries that are left, with the positions of all that were written.
    func entries(of object: ConfigObject, _ key: String, at path: String) -> [(node: ConfigNode, path: String)] {
        var result: [(node: ConfigNode, path: String)] = []
        var position = 0
        for node in object.list(key) {
            // Every step passes an entry of the set, so that this ends.
            while entries.contains("\(path)[\(position)]") { position += 1 }
            result.append((node, "\(path)[\(position)]"))
            position += 1
        }
        return result
    }
}
