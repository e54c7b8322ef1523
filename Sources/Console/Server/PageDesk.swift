import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// What surrounds every page, gathered for one request.
struct PageDesk: Sendable {
    let pages: PageRenderer
    let cookies: ConsoleCookies
    let store: any CaseStore
    let patrol: any PatrolControl
    let configuration: ConsoleConfiguration
    let assetVersion: String
    let now: @Sendable () -> Date

    /// Badges are left out where the store cannot be asked: an error page must come through then too.
    func pageContext(_ request: Request, _ context: ConsoleContext) async -> PageContext {
        var candidates = 0
        var blind = 0
        var faults = 0
        var isDiskStopped = false
        if context.visit != nil {
            let counts = (try? await store.counts())?.byState ?? [:]
            candidates = CaseState.waiting.reduce(0) { $0 + (counts[$1.rawValue] ?? 0) }
            blind = await patrol.channelStatuses().count { ChannelHealth($0, isEnabled: true) == .bad }
            faults = (try? await store.openFaultCount()) ?? 0
            if faults > 0 {
                let disk = try? await store.faults(FaultFilter(standing: .open, kind: .disk), before: nil, limit: 1)
                isDiskStopped = disk?.first?.reason == "disk-stopped"
            }
        }
        var page = PageContext(
            language: context.language,
            viewer: context.visit.map {
                PageContext.Viewer(displayName: $0.user.displayName, login: $0.user.login, role: $0.user.role)
            },
            csrf: context.visit?.token.csrf ?? context.entryToken?.csrf ?? "", path: Self.path(request),
            siteName: configuration.siteName, candidateCount: candidates, blindChannelCount: blind,
            openFaultCount: faults, assetVersion: assetVersion, now: now(), timeZone: configuration.timeZone)
        page.isDiskStopped = isDiskStopped
        return page
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Path and query without `lang`, which the language link puts in anew.
    private static func path(_ request: Request) -> String {
        let items = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("lang=") && $0 != "lang" }
        let path = request.uri.path + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
        return ConsoleCookies.isOwnPath(path) ? path : "/"
    }
}

extension ChannelStatus.State {
    /// Whether pictures are being analysed.
    var isSeeing: Bool {
        switch self {
        case .warmingUp, .patrolling, .watching: true
        case .connecting, .stalled, .backingOff, .stopped: false
        }
    }
}
