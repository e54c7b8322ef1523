import CFFmpeg

/// Tells whether an H.264 key frame is an IDR picture (ITU-T H.264 §7.4.1.2.4), which forgets all pictures before it by itself.
///
/// Others that decoding may begin with (recovery points) still refer to what came before them.
struct RefreshMark {
    /// Bytes of the length before each unit; nil where start codes part them (Annex B).
    private let lengthBytes: Int?

    /// nil for other codecs.
    init?(_ parameters: CodecParameters) {
        guard parameters.codecID == AV_CODEC_ID_H264 else { return nil }
        let extradata = parameters.extradata
        // An avcC record (ISO/IEC 14496-15 §5.3.3.1.2) begins with its version; start codes begin with 0.
        lengthBytes = extradata.count > 4 && extradata[0] == 1 ? Int(extradata[4] & 3) + 1 : nil
    }

    /// Looks at the units up to the first slice.
    func isInstantRefresh(_ packet: UnsafePointer<AVPacket>) -> Bool {
        guard let data = packet.pointee.data, packet.pointee.size > 4 else { return false }
        // SAFETY: a packet has `size` bytes.
        let bytes = UnsafeBufferPointer(start: data, count: Int(packet.pointee.size))
        return lengthBytes.map { isRefreshByLength(bytes, $0) } ?? isRefreshByStartCode(bytes)
    }

    private func isRefreshByLength(_ bytes: UnsafeBufferPointer<UInt8>, _ width: Int) -> Bool {
        var index = 0
        while index + width < bytes.count {
            let length = bytes[index..<(index + width)].reduce(0) { $0 << 8 | Int($1) }
            if let answer = Self.answer(bytes[index + width]) { return answer }
            index += width + length
        }
        return false
    }

    private func isRefreshByStartCode(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index + 3 < bytes.count {
            if bytes[index] == 0 && bytes[index + 1] == 0 && bytes[index + 2] == 1 {
                if let answer = Self.answer(bytes[index + 3]) { return answer }
                index += 3
            } else {
                index += 1
            }
        }
        return false
    }

    /// nil for units that are no slice (Table 7-1: 1 to 5 are slices, 5 of an IDR picture).
    private static func answer(_ header: UInt8) -> Bool? {
        switch header & 0x1F {
        case 5: true
        case 1...4: false
        default: nil
        }
    }
}
