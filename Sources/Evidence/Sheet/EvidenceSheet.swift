import Foundation

/// One printable page (A4) of a package: stills, times, hashes, signature, and how anybody checks them. All in one file, its
/// pictures inside, nothing loaded from elsewhere.
public enum EvidenceSheet {
    /// Rows of the lists that have no fixed length; more would not fit on the page.
    private static let addendaShown = 5

    /// - Parameters:
    ///   - folder: the package's.
    ///   - report: of a check that was just made; it says on the sheet what it found.
    ///   - masked: shown in place of the stills where the sheet leaves the house; nil shows the originals.
    ///   - printedAt: nil leaves the line out.
    ///   - takenBy: who took it out of the case, why and when, a line each.
    ///   - mark: draws the same on a still; JPEG in and out.
    public static func html(
        package folder: String, report: PackageReport, masked: [MaskedDerivative.File]? = nil, printedAt: WallTime? = nil,
        takenBy: [String] = [], mark: (_ jpeg: [UInt8]) throws -> [UInt8] = { $0 }
    ) throws -> String {
        guard let manifest = report.manifest, let sha256 = report.manifestSHA256 else {
            throw EvidenceError.damaged(path: folder, reason: report.problems.map(\.description).joined(separator: "; "))
        }
        let addenda = try SealedAddendum.all(inPackage: folder)
        let stills = try stills(of: manifest, in: folder, addenda: addenda, masked: masked)
        var page = SheetPage()
        page.add(
            "<header><h1>证据单 <small>Evidence sheet</small></h1><p>\(page.text(manifest.channel.name)) · "
                + "\(page.text(manifest.violation)) · \(modeText(manifest.mode))</p></header>")
        page.add("<section class=stills>")
        for still in stills {
            page.add("<figure><img src=\"data:image/jpeg;base64,\(Data(try mark(still.jpeg)).base64EncodedString())\" alt=\"\">")
            page.add("<figcaption>\(page.text(still.label)) · \(page.text(still.time))</figcaption></figure>")
        }
        page.add("</section><section class=facts>")
        page.table(facts(manifest, sha256: sha256, report))
        page.table(times(manifest))
        page.add("</section>")
        addHashes(of: manifest, to: &page)
        addAddenda(addenda, to: &page)
        addCheck(manifest, sha256, report, printedAt, to: &page)
        if !takenBy.isEmpty { page.add("<footer>\(takenBy.map(page.text).joined(separator: " · "))</footer>") }
        return page.html(title: "证据单 \(manifest.packageID)")
    }

    private static func modeText(_ mode: EvidenceManifest.Mode) -> String {
        switch mode {
        case .lead: "线索 lead"
        case .evidence: "证据 evidence"
        }
    }

    // MARK: Stills

    private struct Still {
        var label: String
        var time: String
        var jpeg: [UInt8]
    }

    private static func stills(
        of manifest: EvidenceManifest, in folder: String, addenda: [SealedAddendum], masked: [MaskedDerivative.File]?
    ) throws(EvidenceError) -> [Still] {
        let wanted: [(EvidenceManifest.Role, String, String)] = [
            (.sceneBefore, "S0 事前 before", "scene-before"), (.atStart, "S1 开始 start", "at-start"),
            (.afterDwell, "S2 停留后 after dwell", "after-dwell"), (.closeUp, "S3 特写 close-up", "after-dwell"),
        ]
        var stills: [Still] = []
        for (role, label, moment) in wanted {
            guard let file = manifest.files.first(where: { $0.role == role }) else { continue }
            let time = manifest.times.first { $0.name == moment }.map { clock($0.wall) } ?? "—"
            if let masked {
                guard let copy = masked.first(where: { $0.role == role }) else { continue }
                stills.append(Still(label: label + "（遮挡 masked）", time: time, jpeg: copy.bytes))
            } else if StoreLayout.isFileName(file.name), let jpeg = read(folder + "/" + file.name) {
                stills.append(Still(label: label, time: time, jpeg: jpeg))
            }
        }
        let look = addenda.last { $0.addendum.kind == .secondLook }
        // R1 shows people as they are; a masked sheet goes without until it has a masked copy of its own.
        if masked == nil, let look, let file = look.addendum.files.first(where: { $0.role == "now" }),
            StoreLayout.isFileName(file.name), let jpeg = read("\(folder)/\(look.folder)/\(file.name)")
        {
            stills.append(Still(label: "R1 复查 second look", time: clock(look.addendum.createdAt), jpeg: jpeg))
        }
        return stills
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = try? OpenFile(reading: path) else { return nil }
        return (try? file.readAll(limit: 32 << 20)) ?? nil
    }

    /// To the second, as people read it.
    private static func clock(_ time: WallTime) -> String {
        String(time.description.prefix(19)).replacing("T", with: " ")
    }

    // MARK: Tables

    private static func facts(
        _ manifest: EvidenceManifest, sha256: ContentHash, _ report: PackageReport
    ) -> [(String, String)] {
        let device = manifest.device
        let place = [device?.place, device?.latitude.flatMap { latitude in device?.longitude.map { "\(latitude), \($0)" } }]
            .compactMap { $0 }.joined(separator: " · ")
        let gaps = (manifest.gaps ?? []).reduce(0) { $0 + $1.gaps.count }
        let flags = Set((manifest.quality ?? []).flatMap(\.flags).map(\.rawValue)).sorted().joined(separator: ", ")
        return [
            ("证据包 Package", manifest.packageID.text),
            ("点位 Channel", "\(manifest.channel.name)（\(manifest.channel.id)）"),
            ("国标编号 GB/T 28181", device?.nationalID ?? "—"),
            ("地点 Place", place.isEmpty ? "—" : place),
            ("代码 Codes", manifest.violationCodes?.joined(separator: ", ") ?? "—"),
            ("规则 Rule", "\(manifest.rule.version) · \(manifest.rule.profile) · ≥ \(Int(manifest.rule.dwellSeconds)) s"),
            ("区域 Zone", "\(manifest.zone.id) v\(manifest.zone.zonesVersion)"),
            ("画质 Quality", manifest.quality == nil ? "—" : flags.isEmpty ? "正常 clear" : flags),
            ("录像缺口 Gaps", manifest.gaps == nil ? "—" : gaps == 0 ? "无 none" : "\(gaps)"),
        ]
    }

    private static func times(_ manifest: EvidenceManifest) -> [(String, String)] {
        let names = [
            "scene-before": "事前 before", "still": "静止起 still since", "at-start": "开始 start", "confirmed": "确认 confirmed",
            "after-dwell": "停留后 after dwell", "clip-start": "录像始 clip from", "clip-end": "录像止 clip to",
        ]
        var rows = manifest.times.filter { names[$0.name] != nil }.map { (names[$0.name] ?? $0.name, $0.wall.description) }
        if let errors = manifest.clockErrors {
            rows.append(
                (
                    "钟差 Clock errors ≤",
                    "画面 pictures \(errors.pictures) · 相机 camera \(errors.camera) · 主机 machine \(errors.machine)"
                ))
        }
        return rows
    }

    private static func addHashes(of manifest: EvidenceManifest, to page: inout SheetPage) {
        page.add("<table class=hashes><tr><th>文件 File</th><th>字节 Bytes</th><th>SHA-256 / SM3</th></tr>")
        for file in manifest.files {
            page.add(
                "<tr><td>\(page.text(file.name))</td><td>\(file.bytes)</td><td><code>\(file.sha256.hex)"
                    + "\(file.sm3.map { "<br>\($0.hex)" } ?? "")</code></td></tr>")
        }
        page.add("</table>")
    }

    private static func addAddenda(_ addenda: [SealedAddendum], to page: inout SheetPage) {
        guard !addenda.isEmpty else { return }
        page.add("<table class=hashes><tr><th>补充 Addendum</th><th>时间 Time</th><th>SHA-256</th></tr>")
        for one in addenda.suffix(addendaShown) {
            page.add(
                "<tr><td>\(page.text(one.folder.replacing("addenda/", with: "")))</td><td>\(clock(one.addendum.createdAt))</td>"
                    + "<td><code>\(one.sha256.hex)</code></td></tr>")
        }
        if addenda.count > addendaShown {
            page.add("<tr><td colspan=3>共 \(addenda.count) 项，此处为最近 \(addendaShown) 项 · \(addenda.count) in all, the newest shown</td></tr>")
        }
        page.add("</table>")
    }

    private static func addCheck(
        _ manifest: EvidenceManifest, _ sha256: ContentHash, _ report: PackageReport, _ printedAt: WallTime?, to page: inout SheetPage
    ) {
        let keyID =
            switch report.signer {
            case .trusted(let keyID), .unchecked(let keyID): keyID
            case .none: "—"
            }
        let verdict =
            report.isIntact
            ? "与封存时一致 as sealed"
            : "不一致 not as sealed: " + report.problems.prefix(2).map(\.description).joined(separator: "; ")
        page.add("<section class=check>")
        page.table([
            ("清单 manifest.json", sha256.hex),
            ("前一包 Chain", "\(manifest.chain.channel) № \(manifest.chain.sequence) ← \(manifest.chain.previousSHA256.hex)"),
            ("签名 Signature", "Ed25519 · key \(keyID)"), ("核验 Check", verdict),
        ])
        page.add(
            "<p>核验方法：<code>xunjie verify PACKAGE --key key.pub</code>，只需本包与公钥。单个文件亦可用 "
                + "<code>sha256sum</code>、<code>openssl dgst -sm3</code> 核对。<br>To check: the command above needs nothing but the package "
                + "and the public key; single files also by <code>sha256sum</code> and <code>openssl dgst -sm3</code>."
                + "\(printedAt.map { " · 打印 printed \(clock($0))" } ?? "")</p></section>")
    }
}
