import AWSClient
import Testing

struct ProcessRunnerTests {
    private func run(
        _ words: [String], limits: ProcessRunner.Limits = ProcessRunner.Limits()
    ) async throws -> ProcessRunner.Outcome {
        try await ProcessRunner.system.run(
            words, environment: ["PATH": "/usr/bin:/bin", "GREETING": "hello"], limits: limits)
    }

    @Test(.timeLimit(.minutes(1))) func `output, status and environment come through`() async throws {
        let outcome = try await run(["sh", "-c", "cat; printf '%s' \"$GREETING\"; echo oops >&2; exit 3"])
        #expect(outcome == ProcessRunner.Outcome(status: 3, output: Array("hello".utf8)))
        #expect(try await run(["sh", "-c", "kill -9 $$"]).status == nil)
        let long = try await run(["sh", "-c", "head -c 60000 /dev/zero"])
        #expect(long.output.count == 60_000)
    }

    @Test(.timeLimit(.minutes(1))) func `what cannot be started is said`() async throws {
        await #expect(throws: ProcessRunner.Failure.self) { try await run(["/no/such/program"]) }
    }

    @Test(.timeLimit(.minutes(1))) func `limits end the process`() async throws {
        await #expect(throws: ProcessRunner.Failure.tooMuchOutput(limitInBytes: 1000)) {
            try await run(["yes"], limits: ProcessRunner.Limits(outputInBytes: 1000))
        }
        await #expect(throws: ProcessRunner.Failure.tooSlow(.milliseconds(20))) {
            try await run(["sleep", "100"], limits: ProcessRunner.Limits(duration: .milliseconds(20)))
        }
    }

    @Test(.timeLimit(.minutes(1))) func `cancelling ends the process and what it started`() async throws {
        let task = Task { try await run(["sh", "-c", "sleep 100 & sleep 100"]) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test(
        arguments: [
            ("a b  c", ["a", "b", "c"]), (" '/opt/my tool' --x=\"1 2\" ", ["/opt/my tool", "--x=1 2"]),
            (#"a\ b "c\"d" 'e\f'"#, ["a b", #"c"d"#, #"e\f"#]), ("'' x", ["", "x"]), ("a | b", ["a", "|", "b"]),
            ("", nil), ("  ", nil), ("'a", nil), (#"a\"#, nil), (#""a"#, nil),
        ] as [(String, [String]?)])
    func `a command line is split without a shell`(line: String, words: [String]?) {
        #expect(ProcessRunner.words(of: line) == words)
    }
}
