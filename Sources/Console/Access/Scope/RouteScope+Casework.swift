import HTTPTypes

extension RouteScope {
    static let ledgers: [RouteScope] = [
        RouteScope(.get, "/ledgers", .list, .look),
        RouteScope(.get, "/ledgers/{kind}", .list, .look),
        RouteScope(.get, "/ledgers/{kind}/new", .list, .look),
        RouteScope(.post, "/ledgers/{kind}/new", .list, .look),
        RouteScope(.get, "/ledgers/{kind}/import", .list, .look),
        RouteScope(.post, "/ledgers/{kind}/import", .list, .look),
        RouteScope(.get, "/ledgers/{kind}/template.csv", .list, .look),
        RouteScope(.get, "/ledgers/{kind}/export.csv", .list, .look),
        RouteScope(.get, "/ledgers/{kind}/{id}", .list, .look),
        RouteScope(.post, "/ledgers/{kind}/{id}", .list, .look),
        RouteScope(.post, "/ledgers/{kind}/{id}/retire", .list, .look),
        RouteScope(.post, "/ledgers/{kind}/{id}/restore", .list, .look),
        RouteScope(.post, "/ledgers/{kind}/{id}/looked", .list, .look),
        RouteScope(.get, "/api/v1/ledgers/{kind}", .list, .look),
        RouteScope(.post, "/api/v1/ledgers/{kind}", .list, .look),
        RouteScope(.get, "/api/v1/ledgers/{kind}/export.csv", .list, .look),
        RouteScope(.post, "/api/v1/ledgers/{kind}/import", .list, .look),
        RouteScope(.get, "/api/v1/ledgers/{kind}/{id}", .list, .look),
        RouteScope(.put, "/api/v1/ledgers/{kind}/{id}", .list, .look),
        RouteScope(.get, "/api/v1/ledgers/{kind}/{id}/history", .list, .look),
        RouteScope(.get, "/api/v1/cases/{id}/party", .caseFile("id"), .look),
    ]

    static let notices: [RouteScope] = [
        RouteScope(.get, "/notices", .list, .look),
        RouteScope(.post, "/notices/{id}/status", .list, .decide),
        RouteScope(.get, "/looks/{case}/{file}", .caseFile("case"), .look, .look),
        RouteScope(.get, "/api/v1/notices", .list, .look),
        RouteScope(.get, "/api/v1/notices/{id}", .list, .look),
        // The gateway comes by its signature, an officer by log-in.
        RouteScope(.post, "/api/v1/notices/{id}/status", .list, nil),
        RouteScope(.get, "/api/v1/cases/{id}/notices", .caseFile("id"), .look, .look),
        RouteScope(.get, "/api/v1/cases/{id}/notice-drafts", .caseFile("id"), .casework),
    ]

    static let statistics: [RouteScope] = [
        RouteScope(.get, "/summary", .list, .look),
        RouteScope(.get, "/search", .list, .look),
        RouteScope(.get, "/api/v1/summary", .list, .look),
        RouteScope(.get, "/api/v1/search", .list, .look),
    ]

    static let exchange: [RouteScope] = [
        RouteScope(.get, "/exports", .list, .look),
        RouteScope(.get, "/exports/pictures/{hash}", .district, .look),
        RouteScope(.get, "/exports/bundle", .list, .unmask),
        RouteScope(.get, "/api/v1/external-findings", .list, .look),
        RouteScope(.post, "/api/v1/external-findings", .none, nil),
        RouteScope(.get, "/api/v1/exports/codes.csv", .none, .look),
        RouteScope(.get, "/api/v1/exports/shanghai-grid.csv", .list, .unmask),
        RouteScope(.get, "/api/v1/exports/shanghai-grid.json", .list, .unmask),
        RouteScope(.get, "/api/v1/cases/{id}/bundle", .caseFile("id"), .unmask),
        RouteScope(.post, "/api/v1/cases/{id}/party-code", .caseFile("id"), .decide),
        // The party comes by a code.
        RouteScope(.get, "/q", .none, nil),
        RouteScope(.get, "/q/picture/{name}", .none, nil),
        RouteScope(.post, "/q/object", .none, nil),
        RouteScope(.get, "/retention", .list, .look),
        RouteScope(.get, "/retention/certificates/{case}", .caseFile("case"), .look),
        RouteScope(.post, "/retention/confirm", .district, .administer),
        RouteScope(.get, "/api/v1/retention", .list, .look),
        RouteScope(.get, "/api/v1/retention/certificates/{case}", .caseFile("case"), .look),
        RouteScope(.post, "/api/v1/retention/confirm", .district, .administer),
    ]

    static let duty: [RouteScope] = [
        RouteScope(.get, "/deadlines", .list, .look),
        RouteScope(.get, "/grid", .list, .look),
        RouteScope(.get, "/referrals", .list, .look),
        RouteScope(.post, "/referrals/{id}/{body}", .caseFile("id"), .decide),
        RouteScope(.get, "/grid/roster/new", .list, .editLedgers),
        RouteScope(.get, "/grid/roster/{id}", .list, .editLedgers),
        RouteScope(.post, "/grid/roster", .list, .editLedgers),
        RouteScope(.post, "/grid/roster/{id}", .list, .editLedgers),
        RouteScope(.get, "/api/v1/deadlines", .list, .look),
        RouteScope(.get, "/api/v1/cases/{id}/clocks", .caseFile("id"), .look),
        RouteScope(.get, "/api/v1/grid", .list, .look),
        RouteScope(.get, "/api/v1/referrals", .list, .look),
        RouteScope(.post, "/api/v1/cases/{id}/referrals/{body}", .caseFile("id"), .decide),
        RouteScope(.post, "/cases/{id}/city-answers", .caseFile("id"), .decide),
        RouteScope(.post, "/api/v1/cases/{id}/city-answers", .caseFile("id"), .decide),
    ]
}
