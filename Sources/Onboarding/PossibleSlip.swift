package import ModelCatalog
import Scaffolding

/// An id that is in no catalog and may be a slip of ones that are.
package struct PossibleSlip: Hashable, Sendable {
    /// What was written.
    package let id: String
    /// What may have been meant, the likeliest first; one to three.
    package let meant: [String]

    private static let mostIDs = 3

    /// Looks whether an id that is in no catalog may be a slip of one that is; nil when it looks like a new model.
    ///
    /// Another number is another version of a family that is known, which is what a new model looks like. The version
    /// of a model that is known, with another date or packaging or none, is a slip, and so is a name with letters that
    /// are nearly those of another.
    ///
    /// - Parameters:
    ///   - id: What was written.
    ///   - catalog: The models there are; the id is none of theirs.
    package init?(_ id: String, in catalog: ModelCatalog) {
        let relatives = catalog.relatives(of: id)
        let version = ModelFamily(of: id).version
        if !relatives.isEmpty {
            let same = relatives.filter { ModelFamily(of: $0.id).version == version }
            guard !same.isEmpty else { return nil }
            self.id = id
            meant = same.prefix(Self.mostIDs).map(\.id)
            return
        }
        let near = catalog.closestIDs(to: id, limit: Self.mostIDs)
        guard let first = near.first else { return nil }
        // Beside the likeliest only its own versions: others would be chance.
        let family = ModelFamily(of: first).words
        self.id = id
        meant = near.filter { ModelFamily(of: $0).words == family }
    }
}
