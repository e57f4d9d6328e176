/// What is known of an answer's thoughts before it begins.
package struct ThoughtSource: Hashable, Sendable {
    /// The model that answers, whose thoughts go back to it alone; nil when it does not matter.
    package var modelID: String?
    /// Whether the model may write its thoughts into its text, between tags; they are then taken out.
    package var areInline: Bool

    /// A source.
    package init(modelID: String? = nil, areInline: Bool = false) {
        self.modelID = modelID
        self.areInline = areInline
    }
}
