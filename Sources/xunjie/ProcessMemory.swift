import CBench

/// How this process's heap is to behave with many channels.
enum ProcessMemory {
    /// Larger than a key frame's packet, smaller than a decoded picture: mapping and clearing each packet anew cost 6 % of the
    /// processor time of ninety channels.
    private static let mappedFrom: Int32 = 1 << 20
    private static let arenas: Int32 = 4

    /// Call once, before the first channel.
    ///
    /// Left alone, glibc raises the size from which memory goes back to the system when it is freed, up to that of a decoded
    /// picture, and gives each thread a heap of its own: ninety channels then keep the holes of what each once needed.
    static func prepareForManyChannels() {
        cbench_bound_heap(mappedFrom, arenas)
    }
}
