import ConfigurationFuzzing
import Foundation
import Testing

/// Inputs that once broke something, found by the fuzzer.
@Suite(.timeLimit(.minutes(1)))
struct RegressionTests {
    private static let folder = (#filePath as NSString).deletingLastPathComponent + "/Regressions"

    @Test(arguments: FuzzInput.inputs(in: folder).map(\.name))
    func `what the fuzzer found stays mended`(name: String) throws {
        let input = try #require(FuzzInput.inputs(in: Self.folder).first { $0.name == name })
        #expect(ConfigurationInvariants.violations(of: FuzzInput.files(of: input.bytes)) == [])
    }
}
