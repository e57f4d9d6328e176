import ConfigurationFuzzing
import FuzzerRuntime
import Glibc

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
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        withUnsafeMutablePointer(to: &count) { count in
            withUnsafeMutablePointer(to: &arguments) { arguments in
                _ = LLVMFuzzerRunDriver(count, arguments) { data, size in
                    let input = Array(UnsafeBufferPointer(start: data, count: size))
                    let violations = ConfigurationInvariants.violations(of: FuzzInput.files(of: input))
                    // Only a trap tells libFuzzer that the input is worth keeping.
                    if !violations.isEmpty {
                        print(violations.joined(separator: "\n"))
                        fflush(nil)
                        abort()
                    }
                    return 0
                }
            }
        }
    }
}
