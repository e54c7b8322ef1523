import Casework
import Foundation
import FoundationXML

extension ChannelList {
    /// Reads one or several answers to a catalogue query (GB/T 28181-2016 annex A.2.6, `CmdType` Catalog) that stand one after the
    /// other, as a platform exported them.
    static func catalogue(_ text: String) throws(ChannelListError) -> ChannelList {
        // No export has a document type; what has one wants entities to be expanded.
        guard text.range(of: "<!DOCTYPE", options: .caseInsensitive) == nil else {
            throw ChannelListError(
                line: nil, reason: BilingualText(zh: "XML 含有文档类型声明", en: "the XML declares a document type"),
                advice: BilingualText(zh: "只接受平台导出的目录应答", en: "only catalogue answers as a platform exports them are taken"))
        }
        let reader = CatalogueReader()
        // One root for all answers. Their declarations name the encoding that the bytes had, which the text no longer has.
        let body = text.replacing(#/<\?xml[^>]*\?>/#, with: "")
        let parser = XMLParser(data: Data("<catalogues>\(body)</catalogues>".utf8))
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        // On Linux `parse` answers true for a text that breaks off.
        guard parser.parse(), parser.parserError == nil else {
            throw ChannelListError(
                line: max(1, parser.lineNumber), reason: BilingualText(zh: "不是完整的 XML", en: "it is no well-formed XML"),
                advice: BilingualText(zh: "重新导出", en: "export it again"))
        }
        return ChannelList(rows: reader.rows, notes: reader.notes)
    }
}

/// Collects the `Item` elements that have a `DeviceID`.
private final class CatalogueReader: NSObject, XMLParserDelegate {
    private(set) var rows: [ChannelList.Row] = []
    private(set) var notes: [ChannelList.Note] = []
    /// Members of the item under way; nil outside.
    private var item: [String: String]?
    private var line = 0
    private var text = ""
    /// Elements open inside the item; members of members, such as `Info`, are passed over.
    private var depth = 0

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        if item != nil {
            depth += 1
        } else if name == "Item" {
            (item, depth, line) = ([:], 0, parser.lineNumber)
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let members = item else { return }
        if depth == 0 {
            item = nil
            take(members)
        } else {
            if depth == 1 { item?[name] = text.trimmed }
            depth -= 1
        }
        text = ""
    }

    private func take(_ members: [String: String]) {
        guard let code = members["DeviceID"], !code.isEmpty else { return }
        let name = members["Name"] ?? ""
        // `Parental` 1 says that there are devices below; a camera with a sub-stream of its own may say so too.
        if let id = NationalID(code), id.kind != .camera {
            let kind =
                switch id.kind {
                case .folder: BilingualText(zh: "目录", en: "a folder")
                case .server: BilingualText(zh: "平台", en: "a platform")
                case .device, .other, .camera: BilingualText(zh: "设备类型 \(id.type)", en: "of type \(id.type)")
                }
            let shown = "\(code) \(name)".trimmed
            notes.append(
                ChannelList.Note(
                    line: line,
                    text: BilingualText(zh: "\(shown)：\(kind.zh)，不是摄像机，已跳过", en: "\(shown): \(kind.en), no camera, left out")))
            return
        }
        // Eight digits or fewer name an area (CivilCode), which platforms list among their devices.
        if code.count <= 8, code.allSatisfy(\.isNumber) {
            notes.append(
                ChannelList.Note(line: line, text: BilingualText(zh: "\(code) \(name)：行政区划，已跳过", en: "\(code) \(name): an area, left out")))
            return
        }
        if ["OFF", "OFFLINE"].contains(members["Status"]?.uppercased()) {
            notes.append(
                ChannelList.Note(
                    line: line, text: BilingualText(zh: "\(code) \(name)：平台上显示离线", en: "\(code) \(name): offline, says its platform")))
        }
        var fields: [ChannelField: String] = [.nationalID: code, .name: name.isEmpty ? code : name]
        if let place = members["Address"], !place.isEmpty { fields[.place] = place }
        if let owner = members["Owner"], !["", "Owner", "0"].contains(owner) { fields[.owner] = owner }
        // Platforms write 0 for a position that they do not know.
        if let longitude = members["Longitude"], let latitude = members["Latitude"],
            let (east, north) = Double(longitude).flatMap({ east in Double(latitude).map { (east, $0) } }), east != 0 || north != 0
        {
            fields[.longitude] = longitude
            fields[.latitude] = latitude
        }
        rows.append(ChannelList.Row(line: line, fields: fields))
    }
}
