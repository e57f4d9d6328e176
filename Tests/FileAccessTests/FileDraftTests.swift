import FileAccess
import Foundation
import Testing

/// Files that are written and read piece by piece.
@Suite(.timeLimit(.minutes(1)))
struct FileDraftTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func `a file has its name once it is whole`() throws {
        let draft = try FileDraft(of: directory.path("film.mp4"))
        try draft.append(Array("one ".utf8))
        #expect(directory.content("film.mp4") == nil)
        try draft.append(Array("two".utf8))
        try draft.finish()
        #expect(directory.names == ["film.mp4"])
        #expect(directory.content("film.mp4") == "one two")
        draft.discard()
        #expect(directory.names == ["film.mp4"])
    }

    @Test func `nothing is left of a draft that is discarded or forgotten`() throws {
        let draft = try FileDraft(of: directory.path("film.mp4"))
        try draft.append([1, 2, 3])
        draft.discard()
        #expect(throws: FileAccessError.self) { try draft.append([4]) }
        #expect(throws: FileAccessError.self) { try draft.finish() }
        do {
            let forgotten = try FileDraft(of: directory.path("other.mp4"))
            try forgotten.append([1])
            #expect(directory.names.count == 1)
        }
        #expect(directory.names == [])
    }

    @Test func `a draft in no directory is an error`() {
        let error = #expect(throws: FileAccessError.self) { try FileDraft(of: directory.path("none/film.mp4")) }
        #expect(error?.code == .notFound)
    }

    @Test func `an open file is read in pieces, also once its name is gone`() throws {
        let path = try directory.add("text", "0123456789")
        let file = try OpenedFile(path)
        try FileManager.default.removeItem(atPath: path)
        #expect(file.size == 10)
        #expect(try file.read(at: 0, count: 4) == Array("0123".utf8))
        #expect(try file.read(at: 8, count: 4) == Array("89".utf8))
        #expect(try file.read(at: 10, count: 4) == [])
    }

    @Test func `what is no regular file is not opened`() throws {
        try directory.add("text", "x")
        try FileManager.default.createSymbolicLink(
            atPath: directory.path("link"), withDestinationPath: directory.path("text"))
        for name in ["link", "none", ""] {
            #expect(throws: FileAccessError.self) { try OpenedFile(directory.path(name)) }
        }
        #expect(LocalFiles().size(of: directory.path("text")) == 1)
        #expect(LocalFiles().size(of: directory.path("link")) == nil)
        #expect(LocalFiles().size(of: directory.path) == nil)
    }
}
