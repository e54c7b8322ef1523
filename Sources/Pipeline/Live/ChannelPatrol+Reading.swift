import Evidence
import FFmpegIO
import Foundation
import FrameCore
import SceneAnalysis
import Violations

// One connection: from opening to its end.
extension ChannelPatrol {
    private typealias Reason = ChannelStatus.Reason

    /// How long an operator reads of something that is over already.
    private static let noticeSeconds = 60.0

    mutating func runOnce() throws(AVError) {
        var demuxer = try open()
        let begun = ContinuousClock.now
        // The gap of a reconnect is time that passed on the street, too.
        let base = lastReceived.map { lastTime + ($0.duration(to: begun)) } ?? .zero
        var session = StreamSession(
            demuxer.video, attention: AttentionPolicy(dwell: analysis.shortestDwell), base: base,
            keyFrameDecoders: dependencies.decoders)
        var context = RecordingContext(
            stream: demuxer.video, clock: wallClock(at: base), zones: zones.zones, zonesVersion: zones.version,
            ruleVersion: dependencies.library.rules.version)
        describe(demuxer.video)
        ordersVersion = -1
        while !worker.stopFlag.isStopped, let packet = try demuxer.next() {
            let arrival = ContinuousClock.now
            let shared = packet.intoShared()
            let time = session.time(of: shared)
            if assignment.loops && !worker.sleep(max(.zero, (time - base) - begun.duration(to: .now))) { break }
            if shared.streamChanged {
                recorder.breakOff()
                context.stream = demuxer.video
                session.change(to: demuxer.video)
                describe(demuxer.video)
            } else if shared.isKey {
                session.learn(demuxer.video)
                context.stream = demuxer.video
            }
            obey(&session, &context)
            tally.count(shared)
            compareClocks(shared, time, arrival, session.skips.jumps, &context)
            recorder.take(shared, time: time)
            guard worker.take(.packet, at: arrival) != .giveUp else { throw AVError(.noPicture, .read, "\(assignment.url)") }
            try look(&session, shared, time, arrival, context)
            lastTime = max(lastTime, time)
            lastReceived = arrival
        }
        if !worker.stopFlag.isStopped {
            try session.finish { picture, frame in analyze(picture, frame, context, arrival: .now) }
        }
        report(session, at: lastTime)
    }

    private mutating func open() throws(AVError) -> Demuxer {
        let worker = worker
        let clips = recorder.clips
        let options = InputOptions(
            transport: assignment.transport, readTimeout: ChannelLife.silence + ChannelLife.patience * 2, stop: worker.stopFlag,
            whileWaiting: {
                let action = worker.take(.tick)
                // No packet will end a clip while none comes.
                if worker.isStalled { clips.closeAll() }
                return action != .giveUp
            }, gather: .seconds(dependencies.settings.gatherSeconds))
        let place = assignment.url.isLive ? dependencies.gate.enter(worker.stopFlag) : nil
        defer { place?.leave() }
        let demuxer = try Demuxer(assignment.url, options: options)
        worker.take(.opened)
        return demuxer
    }

    /// Says what comes; another codec or size than before the last break is news.
    private mutating func describe(_ stream: VideoStream) {
        let hasChanged = lastStream.map { $0.codecName != stream.codecName || $0.size != stream.size } ?? false
        lastStream = stream
        let name = assignment.mainURL == nil ? "main" : "sub"
        worker.update {
            $0.codec = stream.codecName
            $0.width = stream.size.width
            $0.height = stream.size.height
            $0.streams = [name]
        }
        if hasChanged { worker.take(.noticed(Reason.changed, seconds: Self.noticeSeconds)) }
    }

    // MARK: Orders

    private mutating func obey(_ session: inout StreamSession, _ context: inout RecordingContext) {
        guard let orders = worker.newOrders(since: &ordersVersion) else { return }
        watchUntil = orders.watchUntil
        pictureWantedSince = orders.pictureWantedSince
        if orders.zones.version != zones.version {
            zones = orders.zones
            analysis.setZones(zones.zones)
            session.setAttention(AttentionPolicy(dwell: analysis.shortestDwell))
            context.zones = zones.zones
            context.zonesVersion = zones.version
        }
        var closer = session.attention.orders
        closer.restraint = orders.restraint
        session.setOrders(closer)
    }

    // MARK: Looking

    private mutating func look(
        _ session: inout StreamSession, _ packet: SharedPacket, _ time: FrameTime, _ arrival: ContinuousClock.Instant,
        _ context: RecordingContext
    ) throws(AVError) {
        let before = session.work
        let began = packet.isKey || session.attention.mode == .watch ? ChannelTally.threadSeconds : nil
        try session.take(packet, at: time) { picture, frame in analyze(picture, frame, context, arrival: arrival) }
        if let began { tally.addLook(seconds: ChannelTally.threadSeconds - began) }
        if session.work.framesAnalysed != before.framesAnalysed {
            let fault: String = if case .fault(let fault) = analysis.view { "view-\(fault.rawValue)" } else { "" }
            worker.take(
                .looked(isLearning: analysis.isLearning, isWatching: session.attention.mode == .watch, fault: fault))
            var orders = session.attention.orders
            orders.isUndecided = analysis.isLearning || analysis.isConfirming
            orders.isWished = watchUntil.map { $0 > .now } ?? false
            if orders != session.attention.orders { session.setOrders(orders) }
            recorder.tendMain(
                isConfirming: analysis.isConfirming || pictureWantedSince != nil, at: EvidenceStream.Moment(time: time, at: arrival))
        }
        if tally.isDue(at: arrival) { report(session, at: time) }
    }

    private mutating func analyze(
        _ picture: borrowing DecodedFrame, _ frame: Frame, _ context: RecordingContext, arrival: ContinuousClock.Instant
    ) {
        guard frame.time >= lastTime - .seconds(5) else { return }
        let events = analysis.analyze(frame, minuteOfWeek: context.minuteOfWeek(of: frame.time))
        if let observation = analysis.observation { recorder.take(observation) }
        for event in events {
            if let notice = recorder.handle(event, picture: picture, context: context) { dependencies.notify(notice) }
        }
        worker.show(frame, lateness: arrival.duration(to: .now))
        showFullView(picture, frame.time, context)
        saveMemoryIfDue()
        let perSecond = tally.rate.tick()
        let open = analysis.openIncidents
        worker.update {
            $0.lastFrameAt = Date()
            $0.analysedPerSecond = perSecond
            $0.openIncidents = open
        }
    }

    // MARK: Clocks

    private func wallClock(at base: FrameTime) -> EvidenceManifest.Clock {
        let now = Date()
        return EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: now.microsecondsSince1970 - base.microseconds,
            source: "receive-time", utcOffsetMinutes: dependencies.utcOffsetMinutes(now))
    }

    private mutating func compareClocks(
        _ packet: SharedPacket, _ time: FrameTime, _ arrival: ContinuousClock.Instant, _ jumps: Int, _ context: inout RecordingContext
    ) {
        guard assignment.url.isLive else { return }
        if tally.hasNewJump(jumps) {
            cameraClock.breakOff()
            worker.take(.noticed(Reason.clockJumped, seconds: Self.noticeSeconds))
        }
        cameraClock.add(time: time, received: tally.started.duration(to: arrival))
        // The wall clock is read for pictures that may become evidence.
        guard packet.isKey || context.clocks == nil else { return }
        let received = Date().microsecondsSince1970
        let sender = packet.senderMicroseconds
        if let sender { cameraClock.add(sender: sender, received: received) }
        context.clocks = EvidenceManifest.ClockComparison(
            pts: time, clock: context.clock, received: received, sender: sender, driftPPM: cameraClock.driftPPM)
    }

    // MARK: Reporting

    /// Puts what happened since the last report on the board, once a second.
    private mutating func report(_ session: borrowing StreamSession, at time: FrameTime) {
        let counters = tally.counters(with: session.work)
        let skips = tally.skips(with: session.skips, crowdedOut: recorder.crowdedOut)
        let group = session.attention.groupOfPictures
        let (canRecord, preRoll, bytes, hasMain) = (
            recorder.canRecord, recorder.preRollSeconds, recorder.ringBytes, recorder.mainIsConnected
        )
        let clocks = ChannelStatus.ClockReading(senderOffsetSeconds: cameraClock.senderOffset, driftPPM: cameraClock.driftPPM)
        let analysed = assignment.mainURL == nil ? "main" : "sub"
        let settings = dependencies.settings
        let notices = [
            (Reason.groupTooLong, session.attention.groupIsTooLong(at: time)),
            // What a short machine takes up late is no fault of the camera's clock.
            (
                Reason.clockOffset,
                abs(clocks.senderOffsetSeconds ?? 0) > settings.clockOffsetSeconds
                    && (worker.status.latenessP99Seconds ?? 0) < settings.clockOffsetSeconds / 5
            ),
            (Reason.clockDrift, cameraClock.drifts(beyond: settings.clockDriftPPM)),
            (Reason.noMainStream, recorder.mainProblem != nil),
        ]
        worker.update {
            $0.counters = counters
            $0.skipped = skips
            $0.gopSeconds = group?.inSeconds
            $0.canRecord = canRecord
            $0.preRollSeconds = preRoll
            $0.ringBytes = bytes
            $0.notices = notices.filter(\.1).map(\.0)
            $0.streams = hasMain ? ["main", analysed] : [analysed]
            $0.clocks = clocks.senderOffsetSeconds == nil && clocks.driftPPM == nil ? nil : clocks
        }
        for (reason, holds) in notices { worker.take(holds ? .noticed(reason, seconds: nil) : .settled(reason)) }
        let (wantsWatch, isWatching) = (session.attention.wantsWatch, session.attention.mode == .watch)
        let usage = tally.usage(keyFrames: counters.keyFramesDue + session.skips.restrained, lookedAt: counters.keyFramesDue)
        worker.account {
            $0 = usage
            $0.wantsWatch = wantsWatch
            $0.isWatching = isWatching
        }
    }
}

extension Date {
    fileprivate var microsecondsSince1970: Int64 { Int64(timeIntervalSince1970 * 1_000_000) }
}
