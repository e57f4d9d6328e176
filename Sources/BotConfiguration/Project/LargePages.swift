private import Glibc

/// Large pages for work that takes memory fast and ends soon.
enum LargePages {
    /// The size and the alignment of a heap that glibc makes for a thread; its `HEAP_MAX_SIZE` on 64 bits.
    private static let heapSize: UInt = 64 << 20

    /// Advises the system to back the calling thread's heap with large pages: making thousands of small ones ready,
    /// one at a time as each is touched, is a tenth of the time that it takes to judge a thousand bots.
    ///
    /// It is advice, and only for memory. Where the thread's memory is no heap of that kind, nothing changes.
    static func adviseForHeapOfThisThread() {
        guard let block = malloc(1) else { return }
        defer { free(block) }
        let heap = UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: block) & ~(heapSize - 1))
        madvise(heap, Int(heapSize), MADV_HUGEPAGE)
    }
}
