/// A failure to read or change what is deployed.
package struct StateStoreError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is; decides the exit status and whether to try again.
    package struct Code: Hashable, Sendable, CaseIterable {
        private enum Value: String, CaseIterable {
            case conflict, leaseHeld, corrupt, newerFormat, missingBlob, digestMismatch, missingGeneration, lineageLost
            case unavailable
        }

        private let value: Value

        private init(_ value: Value) { self.value = value }

        /// The stable name of the code, for JSON output.
        package var name: String { value.rawValue }

        package static var allCases: [Code] { Value.allCases.map(Code.init) }

        /// Somebody else changed the manifest first; ``StateStoreError/winner`` says who.
        package static let conflict = Code(.conflict)
        /// Somebody else holds the lease and did not let go in time.
        package static let leaseHeld = Code(.leaseHeld)
        /// What is stored cannot be read as what it must be.
        package static let corrupt = Code(.corrupt)
        /// What is stored was written by a newer botctl.
        package static let newerFormat = Code(.newerFormat)
        /// The manifest names a blob that the store does not hold.
        package static let missingBlob = Code(.missingBlob)
        /// A blob's content is not what its name says.
        package static let digestMismatch = Code(.digestMismatch)
        /// The store holds no manifest of that serial.
        package static let missingGeneration = Code(.missingGeneration)
        /// The manifest is gone although its history is there.
        package static let lineageLost = Code(.lineageLost)
        /// The store could not be reached, or refused; another try may work.
        package static let unavailable = Code(.unavailable)
    }

    /// The manifest that stands where this process wanted to write its own.
    package struct Winner: Hashable, Sendable {
        /// The serial that is deployed now.
        package var serial: Int
        /// Who deployed it.
        package var by: String

        package init(serial: Int, by: String) {
            self.serial = serial
            self.by = by
        }
    }

    package var code: Code
    /// What failed and on what, as a sentence without a full stop.
    package var message: String
    /// What the person can do next, when we know it.
    package var hint: String?
    package var cause: (any Error)?
    /// Who won; set when the code is ``Code/conflict``.
    package var winner: Winner?

    package init(
        _ code: Code, _ message: String, hint: String? = nil, cause: (any Error)? = nil, winner: Winner? = nil
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
        self.winner = winner
    }

    package var description: String { message }
}
