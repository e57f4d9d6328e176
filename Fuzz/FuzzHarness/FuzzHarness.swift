import FuzzerRuntime
import Glibc

/// Runs libFuzzer over one thing that has to hold.
package enum FuzzHarness {
    /// Gives inputs that libFuzzer makes up to a check until its time is over; does not come back before.
    ///
    /// - Parameter violations: What an input breaks, in words; empty when all holds.
    package static func run(_ violations: @escaping ([UInt8]) -> [String]) {
        check = violations
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        withUnsafeMutablePointer(to: &count) { count in
            withUnsafeMutablePointer(to: &arguments) { arguments in
                _ = LLVMFuzzerRunDriver(count, arguments) { data, size in
                    FuzzHarness.test(Array(UnsafeBufferPointer(start: data, count: size)))
                    return 0
                }
            }
        }
    }

    // The driver's callback is a C function, which holds no context. Set once, before the only thread uses it.
    nonisolated(unsafe) private static var check: ([UInt8]) -> [String] = { _ in [] }

    private static func test(_ input: [UInt8]) {
        let found = check(input)
        guard !found.isEmpty else { return }
        // Only a trap tells libFuzzer that the input is worth keeping.
        print(found.joined(separator: "\n"))
        fflush(nil)
        abort()
    }
}
