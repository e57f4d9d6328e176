import TestSupport
import Testing

struct SchemaFilesTests {
    @Test(arguments: ["bot", "template", "project", "facts"])
    func `the committed schema is that of this botctl`(kind: String) async {
        let result = await World([:]).run("schema", kind)
        #expect(result.status == 0)
        let path = "schemas/\(kind).schema.json"
        #expect(
            Golden.difference(of: result.output, from: "\(ShippedBotsTests.root)/\(path)") == nil,
            "'botctl schema \(kind) > \(path)' writes it")
    }
}
