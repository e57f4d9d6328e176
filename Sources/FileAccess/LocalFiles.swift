private import Glibc

/// The files of the machine.
package struct LocalFiles: FileReading {
    private static let chunkInBytes = 65_536

    package init() {}

    package func read(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8] {
        // Without the flag a link is followed, so that there is always something to read.
        try read(path, limitInBytes: limitInBytes, flags: 0) ?? []
    }

    package func readUnlessLink(_ path: String, limitInBytes: Int) throws(FileAccessError) -> [UInt8]? {
        try read(path, limitInBytes: limitInBytes, flags: O_NOFOLLOW)
    }

    /// Reads a file; nil for a link that the flags forbid to follow.
    private func read(_ path: String, limitInBytes: Int, flags: Int32) throws(FileAccessError) -> [UInt8]? {
        try FileAccessError.refuseNUL(in: path, while: "reading")
        // A FIFO without a writer must not block the open, nor a terminal become ours; what is no regular file is
        // refused right after.
        let descriptor = retryingInterrupted { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags) }
        guard descriptor >= 0 else {
            // So the kernel names a link here, and also a circle of links, which nobody can read either way.
            if errno == ELOOP, flags & O_NOFOLLOW != 0 { return nil }
            // A socket, and a device without a driver, cannot even be opened.
            throw errno == ENXIO || errno == ENODEV ? notRegular(path) : .last(while: "reading", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last(while: "reading", path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw FileAccessError(code: .isDirectory, path: path, description: "reading \(path): it is a directory")
        default: throw notRegular(path)
        }
        guard status.st_size <= limitInBytes else { throw tooLarge(path, limitInBytes) }
        return try readAll(descriptor, expecting: Int(status.st_size), limit: limitInBytes, path)
    }

    package func entries(of directory: String) throws(FileAccessError) -> [String] {
        try FileAccessError.refuseNUL(in: directory, while: "listing")
        guard let stream = opendir(directory) else { throw .last(while: "listing", directory) }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            // The end and an error both give nil; only `errno` tells them apart.
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .last(while: "listing", directory) }
        // Texts of ASCII characters are in the order of their bytes, and quicker to compare; directories may be large.
        let isASCII = names.allSatisfy { name in name.utf8.allSatisfy { $0 < 0x80 } }
        return isASCII ? names.sorted() : names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func resolvedPath(of path: String) -> String? {
        guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    package func isLink(_ path: String) -> Bool {
        var status = stat()
        return !path.utf8.contains(0) && lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    package func kind(of path: String) -> FileKind? {
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        default: return .other
        }
    }

    /// The size of a regular file in bytes; nil for anything else, and for a link.
    package func size(of path: String) -> Int? {
        var status = stat()
        guard !path.utf8.contains(0), lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Reads up to the end, which need not be where the size said: files grow, and those of `/proc` have size 0.
    private func readAll(
        _ descriptor: Int32, expecting size: Int, limit: Int, _ path: String
    ) throws(FileAccessError) -> [UInt8] {
        var failure: FileAccessError?
        // One byte more than expected, so that the end of the file is seen without a second buffer.
        var bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count < buffer.count {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
                let read = retryingInterrupted { Glibc.read(descriptor, rest.baseAddress, rest.count) }
                if read < 0 { failure = .last(while: "reading", path) }
                guard read > 0 else { break }
                count += read
            }
        }
        var isAtEnd = bytes.count <= size
        while failure == nil, !isAtEnd, bytes.count <= limit {
            let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkInBytes) { buffer, count in
                let read = retryingInterrupted { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
                if read < 0 { failure = .last(while: "reading", path) }
                count = max(read, 0)
            }
            isAtEnd = chunk.isEmpty
            bytes += chunk
        }
        if let failure { throw failure }
        guard bytes.count <= limit else { throw tooLarge(path, limit) }
        return bytes
    }

    private func tooLarge(_ path: String, _ limit: Int) -> FileAccessError {
        FileAccessError(code: .tooLarge, path: path, description: "reading \(path): it is larger than \(limit) bytes")
    }

    private func notRegular(_ path: String) -> FileAccessError {
        FileAccessError(code: .other, path: path, description: "reading \(path): it is no regular file")
    }
}
