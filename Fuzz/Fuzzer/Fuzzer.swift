import ConfigurationFuzzing
import FuzzHarness

/// Feeds projects that libFuzzer makes up to everything that reads a configuration.
///
/// With `--dictionary` it prints the words to make them up of, and ends.
@main
enum Fuzzer {
    static func main() {
        if CommandLine.arguments.contains("--dictionary") {
            print(FuzzDictionary.text, terminator: "")
            return
        }
        FuzzHarness.run { ConfigurationInvariants.violations(of: FuzzInput.files(of: $0)) }
    }
}
