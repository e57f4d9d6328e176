import BedrockSimulator
import Foundation
import Testing

struct DocumentationTests {
    /// The page about the simulator.
    private let page = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/simulator.md"), encoding: .utf8)
    }

    @Test(arguments: FaultKind.allCases)
    func `every fault stands in the page about the simulator`(fault: FaultKind) throws {
        #expect(try page.get().contains("| `\(fault.rawValue)` | \(fault.summary) |\n"))
    }
}
