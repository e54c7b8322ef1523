import CFFmpeg

/// Copies the parameter sets (VPS, SPS, PPS) out of Annex B packets, with FFmpeg's `extract_extradata` filter.
struct ParameterSetFilter: ~Copyable {
    // SAFETY: owned by this value alone, freed in deinit.
    private let filter: UnsafeMutablePointer<AVBSFContext>

    /// Nil when the codec has no such filter.
    init?(_ parameters: CodecParameters) {
        guard parameters.isAnnexB, let kind = av_bsf_get_by_name("extract_extradata") else { return nil }
        var allocated: UnsafeMutablePointer<AVBSFContext>?
        guard av_bsf_alloc(kind, &allocated) >= 0, let made = allocated else { return nil }
        guard avcodec_parameters_copy(made.pointee.par_in, parameters.pointer) >= 0, av_bsf_init(made) >= 0 else {
            av_bsf_free(&allocated)
            return nil
        }
        filter = made
    }

    deinit {
        var owned: UnsafeMutablePointer<AVBSFContext>? = filter
        av_bsf_free(&owned)
    }

    /// The parameter sets in this packet with their start codes; empty when it holds none.
    func parameterSets(in packet: UnsafePointer<AVPacket>) -> [UInt8] {
        let probe = Packet()
        guard av_packet_ref(probe.pointer, packet) >= 0 else { return [] }
        guard av_bsf_send_packet(filter, probe.pointer) >= 0 else { return [] }
        guard av_bsf_receive_packet(filter, probe.pointer) >= 0 else { return [] }
        return probe.pointer.pointee.newExtradata ?? []
    }
}

extension AVPacket {
    /// The codec configuration that begins with this packet, when it differs from the stream's.
    var newExtradata: [UInt8]? {
        guard side_data_elems > 0, let side_data else { return nil }
        for index in 0..<Int(side_data_elems) where side_data[index].type == AV_PKT_DATA_NEW_EXTRADATA && side_data[index].size > 0 {
            // SAFETY: libavcodec keeps `size` bytes of side data there.
            return Array(UnsafeBufferPointer(start: side_data[index].data, count: side_data[index].size))
        }
        return nil
    }
}
