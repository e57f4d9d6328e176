import BotConfiguration
import TestSupport
import Testing

struct SchemaReferenceTests {
    @Test func `the reference page says what the schema says`() {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        #expect(Golden.difference(of: SchemaReference.markdown, from: root + "/docs/configuration.md") == nil)
    }
}
