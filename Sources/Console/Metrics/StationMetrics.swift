import Casework
import Foundation
import Pipeline

/// The station's figures for a scrape. Channels go by id alone: no names, no addresses, no people.
struct StationMetrics: Sendable {
    private typealias Sample = PrometheusText.Sample

    var statuses: [ChannelStatus]
    var health: HealthSnapshot
    var counts: CaseCounts
    var usage: ProcessReading

    var text: String {
        var text = PrometheusText()
        addChannels(&text)
        addCounters(&text)
        addHealth(&text)
        addStation(&text)
        return text.text
    }

    private func each(_ value: (ChannelStatus) -> Double?) -> [Sample] {
        statuses.compactMap { status in value(status).map { Sample(["channel": status.id], $0) } }
    }

    private func addChannels(_ text: inout PrometheusText) {
        text.add(
            "xunjie_channel_state", .gauge, "1 for the state that the channel is in, 0 for the others.",
            statuses.flatMap { status in
                ChannelStatus.State.allCases.map {
                    Sample(["channel": status.id, "state": $0.rawValue], status.state == $0 ? 1 : 0)
                }
            })
        text.add(
            "xunjie_channel_blind", .gauge, "1 while the channel should see and does not: no stream, or a view at fault.",
            each { ChannelHealth($0, isEnabled: true) == .bad ? 1 : 0 })
        text.add(
            "xunjie_channel_recordable", .gauge, "1 while a clip could be recorded.", each { $0.canRecord ? 1 : 0 })
        text.add(
            "xunjie_channel_restrained", .gauge, "1 while the channel is looked at more seldom than it wants to be.",
            each { $0.restraint.isEmpty ? 0 : 1 })
        text.add("xunjie_channel_open_incidents", .gauge, "Incidents under watch.", each { Double($0.openIncidents) })
        text.add("xunjie_channel_ring_bytes", .gauge, "Compressed pre-roll held in memory.", each { Double($0.ringBytes) })
        text.add("xunjie_channel_pre_roll_seconds", .gauge, "Length of the pre-roll.", each { $0.preRollSeconds })
        text.add("xunjie_channel_gop_seconds", .gauge, "Usual distance of two key frames.", each { $0.gopSeconds })
        text.add(
            "xunjie_channel_lateness_median_seconds", .gauge, "Median time from a packet's arrival to the end of its analysis.",
            each { $0.latenessMedianSeconds })
        text.add(
            "xunjie_channel_lateness_p99_seconds", .gauge, "99th percentile of the same time.", each { $0.latenessP99Seconds })
        text.add(
            "xunjie_channel_clock_offset_seconds", .gauge, "The camera's clock minus this machine's.",
            each { $0.clocks?.senderOffsetSeconds })
        text.add(
            "xunjie_channel_clock_drift_ratio", .gauge, "How much faster the stream's clock runs than this machine's.",
            each { $0.clocks?.driftPPM.map { $0 / 1e6 } })
    }

    private func addCounters(_ text: inout PrometheusText) {
        text.add("xunjie_channel_packets_total", .counter, "Packets received.", each { Double($0.counters.packets) })
        text.add("xunjie_channel_received_bytes_total", .counter, "Bytes of packets received.", each { Double($0.counters.bytes) })
        text.add(
            "xunjie_channel_key_frames_due_total", .counter, "Key frames that arrived while they were to be looked at.",
            each { Double($0.counters.keyFramesDue) })
        text.add(
            "xunjie_channel_key_frames_analysed_total", .counter, "Of the key frames due, the analysed ones.",
            each { Double($0.counters.keyFramesAnalysed) })
        text.add("xunjie_channel_frames_decoded_total", .counter, "Frames decoded.", each { Double($0.counters.framesDecoded) })
        text.add("xunjie_channel_frames_analysed_total", .counter, "Frames analysed.", each { Double($0.counters.framesAnalysed) })
        text.add(
            "xunjie_channel_frames_skipped_total", .counter, "Frames that were not analysed, by cause.",
            statuses.flatMap { status in
                status.skipped.sorted { $0.key < $1.key }.map {
                    Sample(["channel": status.id, "cause": $0.key], Double($0.value))
                }
            })
        text.add(
            "xunjie_channel_reconnects_total", .counter, "Connections that broke and were tried again.",
            each { Double($0.reconnects) })
    }

    private func addHealth(_ text: inout PrometheusText) {
        text.add(
            "xunjie_channel_eyes_open_seconds_total", .counter,
            "Time in whole minutes in which frames were analysed, the view was clear and a clip could have been recorded.",
            each { Double((health.openMinutes[$0.id] ?? 0) * 60) })
        let faults = Dictionary(grouping: health.openFaults) { $0.channelID }
        text.add("xunjie_channel_open_faults", .gauge, "Open work orders of the channel.", each { Double(faults[$0.id]?.count ?? 0) })
        let kinds = Dictionary(grouping: health.openFaults) { $0.kind }
        text.add(
            "xunjie_open_faults", .gauge, "Open work orders, by kind.",
            FaultKind.allCases.map { Sample(["kind": $0.rawValue], Double(kinds[$0]?.count ?? 0)) })
    }

    private func addStation(_ text: inout PrometheusText) {
        text.add(
            "xunjie_cases", .gauge, "Cases, by state.",
            CaseState.allCases.map { Sample(["state": $0.rawValue], Double(counts.byState[$0.rawValue] ?? 0)) })
        text.add(
            "xunjie_evidence_waiting", .gauge, "Evidence packages that wait to be sealed.", [Sample([:], Double(health.evidence.waiting))])
        text.add(
            "xunjie_evidence_dropped_total", .counter, "Evidence packages dropped because the queue was full.",
            [Sample([:], Double(health.evidence.dropped))])
        text.add(
            "xunjie_evidence_blocked", .gauge, "1 while evidence cannot be stored.", [Sample([:], health.evidence.problem == nil ? 0 : 1)])
        text.add(
            "xunjie_evidence_stopped", .gauge, "1 while no new evidence is taken because the disk is almost full.",
            [Sample([:], health.evidence.disk == .stopped ? 1 : 0)])
        text.add(
            "xunjie_store_disk_free_ratio", .gauge, "Free part of the store's disk.",
            health.evidence.diskFreePercent.map { [Sample([:], $0 / 100)] } ?? [])
        text.add("process_cpu_seconds_total", .counter, "User and system time of this process.", [Sample([:], usage.cpuSeconds)])
        text.add("process_resident_memory_bytes", .gauge, "Resident memory of this process.", [Sample([:], Double(usage.residentBytes))])
        text.add(
            "process_start_time_seconds", .gauge, "When this process started, seconds since 1970.",
            [Sample([:], health.startedAt.timeIntervalSince1970)])
    }
}
