import FileAccess
import ModelCatalog
import TestSupport
import Testing

/// The bots that the project ships.
struct ShippedBotsTests {
    static let root = String(#filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined())
    static let names = ((try? LocalFiles().entries(of: root + "/bots.d")) ?? []).map { String($0.dropLast(5)) }

    @Test func `there are forty and more, of every family that chats, and some that make pictures and videos`() throws {
        #expect(Self.names.count >= 40)
        var served: Set<String> = []
        var kinds: Set<ModelKind> = []
        for name in Self.names {
            let text = String(
                decoding: try LocalFiles().read("\(Self.root)/bots.d/\(name).yaml", limitInBytes: 10_000), as: UTF8.self
            )
            let models = ModelCatalog.embedded.models.filter { text.contains($0.id) }
            served.formUnion(models.map(\.maker))
            kinds.formUnion(models.map(\.kind))
        }
        let families = Set(
            ModelCatalog.embedded.models.filter { $0.kind == .text && $0.runtime == true }.map(\.maker))
        #expect(kinds.isSuperset(of: [.text, .image, .video]))
        // What TwelveLabs makes answers questions about a video, and cannot be asked without one.
        #expect(families.subtracting(served) == ["TwelveLabs"])
    }

    @Test func `they are valid without a warning`() async {
        let result = await World(directory: Self.root).run("validate", "--strict")
        #expect(result.status == 0)
        #expect(result.output == "")
    }

    @Test(arguments: names)
    func `none is longer than eight lines`(name: String) throws {
        let bytes = try LocalFiles().read("\(Self.root)/bots.d/\(name).yaml", limitInBytes: 10_000)
        #expect(bytes.count { $0 == 0x0A } <= 8)
    }

    @Test(arguments: names)
    func `what the factory makes of each is known`(name: String) async {
        let result = await World(directory: Self.root).run("show", name, "--handler")
        #expect(result.status == 0)
        #expect(Golden.difference(of: result.output, from: Golden.folder() + "/handler/\(name).txt") == nil)
    }
}
