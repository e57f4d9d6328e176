import AWSClient
import Bedrock
import ChatEvents
import Testing

/// What the table of failures says of another try is what happens.
struct RetryClassTests {
    @Test(arguments: BedrockFailures.all)
    func `the table of failures and the attempts agree`(failure: UpstreamFailure) {
        let expected: RetryKind? =
            switch failure.retry {
            case .never: nil
            case .transient: .transient
            case .throttling: .throttling
            }
        #expect(RetryKind(status: failure.status, code: failure.name) == expected)
    }
}
