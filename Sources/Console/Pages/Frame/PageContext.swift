import Casework
import Foundation

/// What every page needs beside its own model: who looks, in which language, and the frame around the page.
struct PageContext: Sendable {
    /// The logged-in user as the pages show them; holds no password hash.
    struct Viewer: Sendable {
        var displayName: String
        var login: String
        var role: UserRecord.Role

        var mayDecide: Bool { role.may(.decide) }
        var mayEditChannels: Bool { role.may(.editChannels) }
        var mayEditUsers: Bool { role.may(.administer) }
    }

    var language: Language
    /// nil before login.
    var viewer: Viewer?
    /// Goes into every form and into `<meta name="csrf-token">`.
    var csrf: String
    /// Path and query of this page, without `lang`, such as `/queue?state=confirmed`.
    var path: String
    /// Shown in the head of every page, such as the street's name; may be empty.
    var siteName: String
    /// Cases that wait for a decision, for the badge in the navigation.
    var candidateCount: Int
    /// Channels that see nothing now, for the badge in the navigation.
    var blindChannelCount: Int
    /// Open work orders, for the badge in the navigation.
    var openFaultCount: Int
    /// Whether no new evidence is taken, since the disk is almost full.
    var isDiskStopped = false
    /// Changes whenever a file in Assets changes; ends the addresses of scripts and styles.
    var assetVersion: String
    /// The moment that ages are counted from.
    var now: Date
    /// The zone in which times are shown.
    var timeZone: TimeZone

    init(
        language: Language, viewer: Viewer?, csrf: String, path: String, siteName: String = "", candidateCount: Int = 0,
        blindChannelCount: Int = 0, openFaultCount: Int = 0, assetVersion: String, now: Date, timeZone: TimeZone
    ) {
        self.language = language
        self.viewer = viewer
        self.csrf = csrf
        self.path = path
        self.siteName = siteName
        self.candidateCount = candidateCount
        self.blindChannelCount = blindChannelCount
        self.openFaultCount = openFaultCount
        self.assetVersion = assetVersion
        self.now = now
        self.timeZone = timeZone
    }

    /// The first moment of the local day.
    var dayStart: Date { LocalDay(now, in: timeZone).start(in: timeZone) }
}
