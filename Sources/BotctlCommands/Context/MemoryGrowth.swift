private import CMalloc

/// How this process asks the system for memory.
///
/// glibc gives every thread a heap of its own and grows it by a few pages at a time, with a call to the system for
/// each step: 20,000 of them for a project of 10,000 bots, a twentieth of the time that it takes to judge it.
enum MemoryGrowth {
    /// The most that glibc lets a heap have, so that a new one is asked for whole.
    private static let heapSize: Int32 = 64 << 20

    /// What glibc asks for beyond what is needed, unless told otherwise.
    private static let usualPadding: Int32 = 128 << 10

    /// Asks for whole heaps, which take no memory before they are used; for commands that end soon.
    ///
    /// It holds for heaps that are made later, so it wants to be called before there is a second thread.
    static func takeWholeHeaps() { mallopt(M_TOP_PAD, heapSize) }

    /// Asks for what is needed and gives back what is free, as is usual; for what runs for long.
    static func takeWhatIsNeeded() { mallopt(M_TOP_PAD, usualPadding) }
}
