import Scaffolding

/// The file of `catalog.d` that follows the listings.
package enum ListedFactsFile {
    /// Where it is, relative to the project.
    package static let path = "catalog.d/listed.yaml"

    /// How the line begins that says when it was written; what follows is brought up to date.
    static let stampStart = "# Last written by "

    /// The line that says when it was written, from which listings and by which command.
    ///
    /// - Parameters:
    ///   - command: The command, as a person would paste it.
    ///   - day: The day, as an ISO 8601 date.
    ///   - regions: The regions that were asked.
    /// - Returns: The line without its end.
    static func stamp(command: String, day: String, regions: [String]) -> String {
        "\(stampStart)'\(command)' on \(day), from \(regions.joined(separator: ", "))."
    }

    /// A file without models yet.
    static func beginning(stamp: String, root: String) -> String {
        """
        \(EditorSchema.facts.modeline(in: "catalog.d", of: root))
        # What the model service lists, and botctl's catalog does not say or says otherwise.
        \(stamp)
        # The keys that a listing tells are brought up to date here; whatever else you add stays. To keep a value of
        # your own against the listing, move the model into a file of its own.
        models:

        """
    }

    /// The lines of a model that the file does not have yet.
    ///
    /// - Parameters:
    ///   - id: The model.
    ///   - facts: What is said of it.
    ///   - indent: The columns before the dash.
    /// - Returns: The lines, each with its end.
    static func entry(_ id: String, _ facts: [ListedFact], indent: Int) -> String {
        let start = String(repeating: " ", count: indent)
        var text = "\(start)- id: \(YAMLText.scalar(id))\n"
        for fact in facts {
            let source = fact.source(indent: indent + 6)
            text +=
                fact.path.count == 1
                ? "\(start)  \(fact.key): \(source)\n" : "\(start)  \(fact.path[0]): {\(fact.path[1]): \(source)}\n"
        }
        return text
    }
}
