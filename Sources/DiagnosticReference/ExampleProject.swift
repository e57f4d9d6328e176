/// A project small enough to be read at a glance.
package struct ExampleProject: Sendable, ExpressibleByDictionaryLiteral {
    /// One file of it.
    package struct File: Sendable {
        /// The path, relative to the project.
        package let path: String
        /// What a page shows of it, without a line break at its end.
        package let text: String
        private let makeBytes: @Sendable () -> [UInt8]

        /// A file that is shown as it is.
        init(_ path: String, _ text: String) {
            self.init(path, shown: text) { Array((text + "\n").utf8) }
        }

        /// A file that no page can show: too long, or no text.
        init(_ path: String, shown text: String, bytes: @escaping @Sendable () -> [UInt8]) {
            self.path = path
            self.text = text
            makeBytes = bytes
        }

        /// What the file holds.
        package var bytes: [UInt8] { makeBytes() }
    }

    package let files: [File]

    init(_ files: File...) { self.files = files }

    package init(dictionaryLiteral elements: (String, String)...) {
        files = elements.map { File($0.0, $0.1) }
    }
}
