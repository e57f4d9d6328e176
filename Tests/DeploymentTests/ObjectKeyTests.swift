import Deployment
import Testing

struct ObjectKeyTests {
    @Test(arguments: ["manifest", "history/12", "blobs/0a", "replicas/gateway-1.eu_west", "a/b/c/d/e/f/g/h"])
    func `a relative path of plain parts is a key`(text: String) {
        #expect(ObjectKey(text)?.text == text)
    }

    @Test(arguments: [
        "", "/", "/manifest", "manifest/", "a//b", ".", "..", "../manifest", "history/../manifest", ".lock",
        "history/.hidden", "a b", "a\\b", "a\0b", "a\nb", "ä", "a:b", "~", "a/b/c/d/e/f/g/h/i",
        String(repeating: "x", count: 201),
    ])
    func `anything that could leave the store or hide in it is no key`(text: String) {
        #expect(ObjectKey(text) == nil)
    }

    @Test func `a folder has only objects of its own`() {
        #expect(ObjectKey.replicas.appending("one")?.text == "replicas/one")
        #expect(ObjectKey.replicas.appending("..") == nil)
        #expect(ObjectKey.replicas.appending("") == nil)
    }
}
