import Evidence
import Foundation
import FrameCore
import Testing

/// A package with real stills, its masked copies and its sheet.
@Suite struct MaskedDerivativeTests {
    let store: TestStore
    let package: SealedPackage
    let box = PixelRect(x: 120, y: 100, width: 80, height: 60)

    init() throws {
        store = try TestStore()
        let size = PixelSize(width: 320, height: 240)
        var generator = SeededGenerator(state: 5)
        let id = PackageID(milliseconds: 1_795_464_000_000, using: &generator)
        let open = try store.open()
        let staged = try open.begin(id)
        let picture = PictureMaskTests.noise(size)
        try staged.add("scene-before.jpg", role: .sceneBefore, bytes: try JPEGEncoder.encode(PictureMaskTests.noise(size, seed: 8)))
        try staged.add("after-dwell.jpg", role: .afterDwell, bytes: try JPEGEncoder.encode(picture))
        try staged.add("close-up.jpg", role: .closeUp, bytes: try JPEGEncoder.encode(picture, crop: box))
        try staged.add("annotated.jpg", role: .annotated, bytes: try JPEGEncoder.encode(picture), derivedFrom: "after-dwell.jpg")
        var manifest = try TestStore.draft(id, channel: "a")
        manifest.channel.width = size.width
        manifest.channel.height = size.height
        manifest.channel.name = "<b>北门 & fruit</b>"
        manifest.box = EvidenceManifest.Box(box)
        manifest.scenes = [
            .init(file: "scene-before.jpg", ptsMicroseconds: 0, others: nil),
            .init(
                file: "after-dwell.jpg", ptsMicroseconds: 1,
                others: [EvidenceManifest.Box(PixelRect(x: 10, y: 10, width: 40, height: 80))]),
        ]
        package = try open.seal(staged, manifest: manifest)
    }

    func difference(_ one: Frame, _ other: Frame, in rect: PixelRect) -> Int {
        var sum = 0
        for y in rect.y..<rect.maxY { for x in rect.x..<rect.maxX { sum += abs(Int(one.luma[x, y]) - Int(other.luma[x, y])) } }
        return sum / max(1, rect.area)
    }

    @Test("known regions are hidden where they are known, everything but the object where they are not")
    func regions() throws {
        let files = try MaskedDerivative.make(package: store.path(package))
        #expect(Set(files.map(\.role)) == [.sceneBefore, .afterDwell, .closeUp, .annotated])
        func pictures(_ role: EvidenceManifest.Role) throws -> (Frame, Frame) {
            let file = try #require(files.first { $0.role == role })
            return (try JPEGDecoder.decode(contents(store.path(package, file.derivedFrom))), try JPEGDecoder.decode(file.bytes))
        }
        let (before, beforeMasked) = try pictures(.sceneBefore)
        let (after, afterMasked) = try pictures(.afterDwell)
        let person = PixelRect(x: 12, y: 12, width: 36, height: 76)
        let elsewhere = PixelRect(x: 230, y: 20, width: 60, height: 60)
        #expect(difference(after, afterMasked, in: person) > 30 && difference(before, beforeMasked, in: person) > 30)
        #expect(difference(after, afterMasked, in: elsewhere) < 8 && difference(before, beforeMasked, in: elsewhere) > 30)
        #expect(difference(after, afterMasked, in: box) < 8 && difference(before, beforeMasked, in: box) < 8)
        let all = try MaskedDerivative.make(package: store.path(package), extent: .everythingElse)
        let most = try JPEGDecoder.decode(try #require(all.first { $0.role == .afterDwell }).bytes)
        #expect(difference(after, most, in: elsewhere) > 30)
    }

    @Test("copies are kept as an addendum that names its originals")
    func kept() throws {
        let files = try MaskedDerivative.make(package: store.path(package))
        let draft = AddendumDraft(
            masked: files, createdAt: WallTime(millisecondsSince1970: 1_795_500_000_000, utcOffsetMinutes: 480), author: "machine")
        let added = try store.open().append(draft, to: package.relativePath)
        #expect(added.addendum.files.map(\.derivedFrom).contains("after-dwell.jpg"))
        #expect(EvidenceVerifier().verify(package: store.path(package)).isIntact)
    }

    @Test("of a still that was changed no copy is made")
    func changed() throws {
        var jpeg = try contents(store.path(package, "after-dwell.jpg"))
        jpeg[jpeg.count / 2] ^= 1
        try overwrite(store.path(package, "after-dwell.jpg"), jpeg)
        #expect(throws: EvidenceError.self) { try MaskedDerivative.make(package: store.path(package)) }
    }

    @Test("the sheet holds stills, hashes and the verdict, escapes what comes from outside and loads nothing")
    func sheet() throws {
        let folder = store.path(package)
        let report = EvidenceVerifier(trustedKeys: [store.key.publicKey]).verify(package: folder)
        let page = try EvidenceSheet.html(package: folder, report: report)
        for file in package.manifest.files {
            let sm3 = try #require(file.sm3)
            #expect(page.contains(file.sha256.hex) && page.contains(sm3.hex))
        }
        #expect(page.contains(package.manifestSHA256.hex) && page.contains(store.key.keyID) && page.contains("与封存时一致"))
        #expect(page.contains("&lt;b&gt;北门 &amp; fruit&lt;/b&gt;") && !page.contains("<b>北门"))
        #expect(page.components(separatedBy: "data:image/jpeg;base64,").count == 4)
        #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"))
        let masked = try EvidenceSheet.html(package: folder, report: report, masked: try MaskedDerivative.make(package: folder))
        #expect(masked.contains("遮挡 masked"))
        #expect(!masked.contains(Data(try contents(folder + "/after-dwell.jpg")).base64EncodedString()))
    }
}
