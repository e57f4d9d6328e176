import AWSSigning
import Hummingbird
import HummingbirdCore
import NIOCore
import WallClock

extension ObjectFace {
    /// Answers the operations of uploads in parts.
    ///
    /// Source: Amazon S3 API reference, CreateMultipartUpload, UploadPart, CompleteMultipartUpload,
    /// AbortMultipartUpload, ListParts and ListMultipartUploads.
    func answerUpload(
        _ operation: String, _ place: ObjectRequest, _ request: IncomingRequest
    ) async throws(ObjectError) -> Response {
        let id = request.target.parameter("uploadId") ?? ""
        switch operation {
        case "create-multipart-upload":
            let upload = try await state.objects.startUpload(
                id: "upload-\(sha256Hex(request.id.utf8).prefix(32))", to: place,
                contentType: request.header("content-type") ?? "binary/octet-stream", now: configuration.clock.now())
            return xml(
                "InitiateMultipartUploadResult", Self.place(place) + "<UploadId>\(upload)</UploadId>", request)
        case "upload-part":
            guard let number = request.target.parameter("partNumber").flatMap(Int.init),
                PartUpload.partNumbers.contains(number)
            else { throw .invalidPartNumber }
            guard request.header("content-encoding")?.contains("aws-chunked") != true,
                request.header("x-amz-copy-source") == nil
            else { throw .notImplemented }
            try Self.checkChecksum(of: request)
            let tag = try await state.objects.putPart(
                number, PartUpload.Part(request.body, now: configuration.clock.now()), of: id, to: place)
            let checksums = request.headers.filter { $0.name.hasPrefix("x-amz-checksum-") }
            return response(200, request, [("etag", tag)] + checksums)
        case "complete-multipart-upload":
            let named = try PartList.parts(in: String(decoding: request.body, as: UTF8.self))
            let object = try await state.objects.completeUpload(
                id, named, to: place, if: try condition(of: request), now: configuration.clock.now())
            return xml(
                "CompleteMultipartUploadResult",
                Self.place(place) + "<ETag>\(XMLText.escaped(object.etag))</ETag>", request)
        case "abort-multipart-upload":
            try await state.objects.abortUpload(id, to: place)
            return response(204, request)
        case "list-parts":
            let parts = try await state.objects.parts(of: id, to: place).map { number, part in
                "<Part><PartNumber>\(number)</PartNumber><LastModified>\(part.modified.iso8601Milliseconds)</LastModified>"
                    + "<ETag>\(XMLText.escaped(part.etag))</ETag><Size>\(part.bytes.count)</Size></Part>"
            }
            return xml(
                "ListPartsResult",
                Self.place(place) + "<UploadId>\(XMLText.escaped(id))</UploadId><IsTruncated>false</IsTruncated>"
                    + parts.joined(), request)
        default:
            let uploads = await state.objects.uploads(to: place.bucket).map { upload in
                "<Upload><Key>\(XMLText.escaped(upload.key))</Key><UploadId>\(upload.id)</UploadId>"
                    + "<Initiated>\(upload.started.iso8601Milliseconds)</Initiated></Upload>"
            }
            return xml(
                "ListMultipartUploadsResult",
                "<Bucket>\(XMLText.escaped(place.bucket))</Bucket><IsTruncated>false</IsTruncated>" + uploads.joined(),
                request)
        }
    }

    /// The name of an operation of uploads in parts; nil when the request is none.
    static func uploadOperation(_ request: IncomingRequest, _ place: ObjectRequest) -> String? {
        let target = request.target
        switch (request.method, place.key.isEmpty) {
        case ("GET", true) where target.parameter("uploads") != nil: return "list-multipart-uploads"
        case ("POST", false) where target.parameter("uploads") != nil: return "create-multipart-upload"
        case ("PUT", false) where target.parameter("uploadId") != nil: return "upload-part"
        case ("POST", false) where target.parameter("uploadId") != nil: return "complete-multipart-upload"
        case ("DELETE", false) where target.parameter("uploadId") != nil: return "abort-multipart-upload"
        case ("GET", false) where target.parameter("uploadId") != nil: return "list-parts"
        default: return nil
        }
    }

    /// Sees that the body is what a client's CRC-32 says, where it says one.
    ///
    /// Source: Amazon S3 user guide, "Checking object integrity in Amazon S3".
    static func checkChecksum(of request: IncomingRequest) throws(ObjectError) {
        guard let value = request.header("x-amz-checksum-crc32") else { return }
        let sum = Checksums.crc32(request.body)
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> UInt32($0)) }
        guard value == Base64.encoded(bytes) else { throw .wrongChecksum }
    }

    private static func place(_ place: ObjectRequest) -> String {
        "<Bucket>\(XMLText.escaped(place.bucket))</Bucket><Key>\(XMLText.escaped(place.key))</Key>"
    }

    private func xml(_ name: String, _ content: String, _ request: IncomingRequest) -> Response {
        response(
            200, request, [("content-type", "application/xml")],
            body: ResponseBody(
                byteBuffer: ByteBuffer(
                    string: """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <\(name) xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\(content)</\(name)>
                        """)))
    }
}

/// The parts that a client names when it completes an upload.
enum PartList {
    /// The numbers and tags in their order.
    ///
    /// - Throws: ``ObjectError`` when the text is no such list, or one that is too long.
    static func parts(in xml: String) throws(ObjectError) -> [(number: Int, etag: String)] {
        var parts: [(number: Int, etag: String)] = []
        var rest = xml[...]
        while let start = rest.firstRange(of: "<Part>") {
            guard let end = rest[start.upperBound...].firstRange(of: "</Part>"),
                parts.count < PartUpload.partNumbers.upperBound
            else { throw .malformedXML }
            let part = rest[start.upperBound..<end.lowerBound]
            guard let number = text("PartNumber", in: part).flatMap(Int.init), let tag = text("ETag", in: part) else {
                throw .malformedXML
            }
            parts.append((number, tag.replacing("&quot;", with: "\"").replacing("&#34;", with: "\"")))
            rest = rest[end.upperBound...]
        }
        return parts
    }

    private static func text(_ name: String, in xml: Substring) -> String? {
        guard let start = xml.firstRange(of: "<\(name)>"),
            let end = xml[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        return String(xml[start.upperBound..<end.lowerBound])
    }
}
