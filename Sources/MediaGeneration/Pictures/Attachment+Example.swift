package import ChatEvents

extension Attachment {
    /// The head of a picture of 64 by 64 pixels: what a request with a picture is shown with, not one to send.
    package static let smallestPicture = Attachment(
        name: "example.png", mediaType: MediaType("image/png"),
        bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
            + [0, 0, 0, 64, 0, 0, 0, 64, 8, 0, 0, 0, 0, 0, 0, 0, 0])
}
