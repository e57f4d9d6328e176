import ChatEvents
import JSONCoding
import MediaGeneration
import Testing

struct VideoShapeTests {
    private func input(_ id: String, _ request: VideoRequest) throws -> String {
        let shape = try #require(VideoModelShapes.find(modelID: id))
        return JSONValue.object(try shape.input(of: request)).text()
    }

    @Test(arguments: [
        ("luma.ray-v2:0", VideoRequest(prompt: "Waves"), #"{"prompt":"Waves","duration":"5s"}"#),
        (
            "luma.ray-v2:0",
            VideoRequest(
                prompt: "Waves", aspectRatio: AspectRatio("9:16"), seconds: 9, lines: 720, isLoop: true),
            #"{"prompt":"Waves","aspect_ratio":"9:16","loop":true,"duration":"9s","resolution":"720p"}"#
        ),
        (
            "amazon.nova-reel-v1:0", VideoRequest(prompt: "Waves", seed: 4),
            #"{"taskType":"TEXT_VIDEO","textToVideoParams":{"text":"Waves"},"#
                + #""videoGenerationConfig":{"durationSeconds":6,"fps":24,"dimension":"1280x720","seed":4}}"#
        ),
        (
            "amazon.nova-reel-v1:1", VideoRequest(prompt: "Waves", seconds: 20),
            #"{"taskType":"MULTI_SHOT_AUTOMATED","multiShotAutomatedParams":{"text":"Waves"},"#
                + #""videoGenerationConfig":{"durationSeconds":24,"fps":24,"dimension":"1280x720"}}"#
        ),
    ])
    func `words become the model's own input`(id: String, request: VideoRequest, input: String) throws {
        #expect(try self.input(id, request) == input)
    }

    @Test func `a picture is the first frame`() throws {
        let request = VideoRequest(prompt: "Waves", picture: ImageShapeTests.png)
        #expect(
            try input("luma.ray-v2:0", request).contains(
                #""keyframes":{"frame0":{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVB"#
            ))
        #expect(
            try input("amazon.nova-reel-v1:1", request).contains(
                #""images":[{"format":"png","source":{"bytes":"iVB"#))
    }

    @Test(arguments: [
        ("luma.ray-v2:0", VideoRequest(prompt: " "), UserAdvice.describePicture),
        (
            "luma.ray-v2:0", VideoRequest(prompt: String(repeating: "x", count: 5001)),
            .shortenPrompt(limit: 5000)
        ),
        (
            "amazon.nova-reel-v1:1", VideoRequest(prompt: String(repeating: "x", count: 513)),
            .shortenPrompt(limit: 512)
        ),
        (
            "luma.ray-v2:0",
            VideoRequest(
                prompt: "x", picture: Attachment(name: "a.gif", mediaType: MediaType("image/gif"), bytes: [1])),
            .attachmentNotRead(name: "a.gif", takes: ["PNG", "JPEG"])
        ),
    ])
    func `what the model cannot take is said before it is asked`(
        id: String, request: VideoRequest, advice: UserAdvice
    ) throws {
        let shape = try #require(VideoModelShapes.find(modelID: id))
        let failure = #expect(throws: ChatFailure.self) { try shape.input(of: request) }
        #expect(failure?.advice == advice)
    }

    @Test(arguments: [(nil, 5), (3, 5), (5, 5), (6, 9), (60, 9)])
    func `a length becomes one that the model makes, for the price too`(wish: Int?, seconds: Int) throws {
        let shape = try #require(VideoModelShapes.find(modelID: "luma.ray-v2:0"))
        #expect(shape.seconds(of: VideoRequest(prompt: "x", seconds: wish)) == seconds)
    }

    @Test func `a model of no known family has no shape`() {
        #expect(VideoModelShapes.find(modelID: "amazon.nova-pro-v1:0") == nil)
    }
}

struct PictureProbeTests {
    @Test func `a PNG tells its size`() {
        let probe = PictureProbe(ImageShapeTests.png.bytes)
        #expect(probe?.mediaType == MediaType("image/png"))
        #expect(probe?.size == PixelSize(width: 1, height: 1))
    }

    @Test func `a JPEG's size stands behind its other segments`() {
        let comment: [UInt8] = [0xFF, 0xFE, 0, 4, 1, 2]
        let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 0x01, 0x02, 0x03, 0x04, 1, 0, 0, 0]
        let probe = PictureProbe([0xFF, 0xD8] + comment + frame)
        #expect(probe?.size == PixelSize(width: 0x0304, height: 0x0102))
    }

    @Test func `no cut of a picture crashes the probe`() {
        let jpeg: [UInt8] = [
            0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0xFF, 0xC0, 0xFF, 0xFF, 8, 0, 1, 0, 1,
        ]
        for bytes in [jpeg, ImageShapeTests.png.bytes, Array("GIF89a1234".utf8), Array("RIFF0000WEBP".utf8)] {
            for count in 0...bytes.count { _ = PictureProbe(Array(bytes[..<count])) }
        }
    }

    @Test(arguments: [[], [1, 2, 3], Array("%PDF-1.7".utf8), Array("<svg/>".utf8)] as [[UInt8]])
    func `what is no picture is none`(bytes: [UInt8]) { #expect(PictureProbe(bytes) == nil) }
}
