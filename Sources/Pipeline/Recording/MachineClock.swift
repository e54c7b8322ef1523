import CTimex
public import Evidence

/// How far this machine's clock may be from UTC, as the kernel knows from its NTP discipline.
public enum MachineClock {
    /// The kernel's bound on the error (adjtimex(2), `maxerror`, which grows by 0.5 ms a second from each synchronisation on);
    /// unknown where nothing keeps the clock.
    public static func error() -> EvidenceManifest.ErrorMilliseconds {
        var reading = timex()
        // SAFETY: with `modes` 0 the call only reads.
        let state = adjtimex(&reading)
        guard state >= 0, state != TIME_ERROR, reading.status & STA_UNSYNC == 0 else { return .unknown }
        return .atMost(Double(reading.maxerror) / 1000)
    }
}
