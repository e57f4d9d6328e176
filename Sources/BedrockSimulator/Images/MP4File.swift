/// Writes a film as MP4: one JPEG picture for each second.
///
/// Source: ISO/IEC 14496-12 (file format), 14496-14 (MP4) and 14496-1 (descriptors); the object type of JPEG is that of
/// the MP4 registration authority.
struct MP4File: Sendable, Hashable {
    let width: Int
    let height: Int
    /// In whole seconds.
    let seconds: Int
    /// All that the pictures follow from.
    let key: String

    /// The file.
    var bytes: [UInt8] {
        let pictures = (0..<min(seconds, Self.pictureCount)).map { number in
            JPEGEncoder.encode(Picture(width: width, height: height, key: "\(number) \(key)"))
        }
        let samples = (0..<seconds).map { pictures[$0 % pictures.count] }
        let type = Self.box("ftyp", Array("isom".utf8) + bigEndian(UInt32(512)) + Array("isomiso2mp41".utf8))
        // The offset of the samples follows from the length of what stands before them, which does not depend on it.
        let length = movie(samples, offset: 0).count
        let offset = type.count + length + 8
        return type + movie(samples, offset: offset) + Self.box("mdat", samples.flatMap { $0 })
    }

    /// How many pictures there are; a longer film shows them again.
    private static let pictureCount = 6

    private static let timescale: UInt32 = 1000
    private static let matrix: [UInt8] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000].flatMap {
        bigEndian(UInt32($0))
    }

    private var duration: UInt32 { UInt32(seconds) * Self.timescale }

    private func movie(_ samples: [[UInt8]], offset: Int) -> [UInt8] {
        let header =
            Self.zeros(12) + bigEndian(Self.timescale) + bigEndian(duration) + bigEndian(UInt32(0x10000))
            + [1, 0] + Self.zeros(10) + Self.matrix + Self.zeros(24) + bigEndian(UInt32(2))
        return Self.box("moov", Self.box("mvhd", header) + track(samples, offset: offset))
    }

    private func track(_ samples: [[UInt8]], offset: Int) -> [UInt8] {
        let header =
            [0, 0, 0, 3] + Self.zeros(8) + bigEndian(UInt32(1)) + Self.zeros(4) + bigEndian(duration)
            + Self.zeros(16) + Self.matrix + bigEndian(UInt32(width) << 16) + bigEndian(UInt32(height) << 16)
        let mediaHeader =
            Self.zeros(12) + bigEndian(Self.timescale) + bigEndian(duration) + bigEndian(UInt16(0x55C4))
            + Self.zeros(2)
        let handler = Self.zeros(8) + Array("vide".utf8) + Self.zeros(12) + Array("Simulator\u{0}".utf8)
        let reference = Self.zeros(4) + bigEndian(UInt32(1)) + Self.box("url ", [0, 0, 0, 1])
        let information =
            Self.box("vmhd", [0, 0, 0, 1] + Self.zeros(8)) + Self.box("dinf", Self.box("dref", reference))
            + Self.box("stbl", sampleTable(samples, offset: offset))
        return Self.box(
            "trak",
            Self.box("tkhd", header)
                + Self.box(
                    "mdia",
                    Self.box("mdhd", mediaHeader) + Self.box("hdlr", handler) + Self.box("minf", information)))
    }

    private func sampleTable(_ samples: [[UInt8]], offset: Int) -> [UInt8] {
        let count = UInt32(samples.count)
        let sizes = samples.flatMap { bigEndian(UInt32($0.count)) }
        return Self.box("stsd", Self.zeros(4) + bigEndian(UInt32(1)) + Self.box("mp4v", sampleEntry))
            + Self.box("stts", Self.zeros(4) + bigEndian(UInt32(1)) + bigEndian(count) + bigEndian(Self.timescale))
            + Self.box(
                "stsc",
                Self.zeros(4) + bigEndian(UInt32(1)) + bigEndian(UInt32(1)) + bigEndian(count) + bigEndian(UInt32(1)))
            + Self.box("stsz", Self.zeros(8) + bigEndian(count) + sizes)
            + Self.box("stco", Self.zeros(4) + bigEndian(UInt32(1)) + bigEndian(UInt32(offset)))
    }

    private var sampleEntry: [UInt8] {
        let size = bigEndian(UInt16(width)) + bigEndian(UInt16(height))
        let resolution = bigEndian(UInt32(0x48_0000))
        // The object type 0x6C is JPEG, the stream type 4 is visual.
        let decoder: [UInt8] = [0x04, 13, 0x6C, 0x11] + Self.zeros(11)
        let stream: [UInt8] = [0x03, UInt8(3 + decoder.count + 3), 0, 1, 0] + decoder + [0x06, 1, 2]
        return Self.zeros(6) + bigEndian(UInt16(1)) + Self.zeros(16) + size + resolution + resolution + Self.zeros(4)
            + bigEndian(UInt16(1)) + Self.zeros(32) + [0, 24, 0xFF, 0xFF]
            + Self.box("esds", Self.zeros(4) + stream)
    }

    private static func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
        bigEndian(UInt32(body.count + 8)) + Array(type.utf8) + body
    }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
