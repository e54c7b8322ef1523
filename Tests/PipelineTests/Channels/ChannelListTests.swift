import Casework
import Foundation
import Testing

import Pipeline

@Suite("Lists of channels")
struct ChannelListTests {
    private static func read(_ text: String, _ template: ChannelList.Template? = nil) throws -> ChannelList {
        try ChannelList.read(Array(text.utf8), template: template ?? ChannelList.Template())
    }

    private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

    @Test(
        "a list reads the same in UTF-8 with and without mark, UTF-16 and GB 18030, with comma, semicolon and tab",
        arguments: [",", ";", "\t"])
    func encodings(separator: String) throws {
        let text = [
            ["编号", "国标编号", "名称", "主码流", "子码流", "地点", "经度", "纬度", "网格", "权属"],
            ["c1", "31011700001310000001", "茸惠路㐂", "rtsp://h/1", "rtsp://h/2", "188 号", "121.2", "31.0", "0203", "街道"],
        ].map { $0.joined(separator: separator) }.joined(separator: "\r\n")
        let utf8 = Array(text.utf8)
        let texts: [[UInt8]] = [
            utf8, [0xEF, 0xBB, 0xBF] + utf8, [UInt8](try #require(text.data(using: .utf16))),
            [UInt8](try #require(text.data(using: Self.gb18030))),
        ]
        for bytes in texts {
            let list = try ChannelList.read(bytes, template: ChannelList.Template())
            #expect(list.rows.count == 1)
            #expect(list.rows.first?.line == 2)
            #expect(
                list.rows.first?.fields == [
                    .id: "c1", .nationalID: "31011700001310000001", .name: "茸惠路㐂", .url: "rtsp://h/1", .subURL: "rtsp://h/2",
                    .place: "188 号", .longitude: "121.2", .latitude: "31.0", .grid: "0203", .owner: "街道",
                ])
        }
    }

    @Test("quoted fields may hold separators, quotes and line breaks, and the next row's line is still right")
    func quotes() throws {
        let list = try Self.read("id,name,url\n\na,\"x, \"\"y\"\"\nz\",rtsp://h/1\n \nb,=\"0012\", rtsp://h/2 \n")
        #expect(list.rows.map(\.line) == [3, 6])
        #expect(list.rows[0].fields[.name] == "x, \"y\"\nz")
        #expect(list.rows[1].fields == [.id: "b", .name: "0012", .url: "rtsp://h/2"])
    }

    @Test(
        "what cannot be read names its line",
        arguments: [
            ("id,url\na,\"rtsp://h/1\nb,x\n", 2), ("id,url\na,\"x\"y\n", 2), ("name,url\na,b\n", 1), ("id,id,url\na,b,c\n", 1),
            ("<Response><Item></Response>", 1),
        ])
    func unreadable(text: String, line: Int) {
        let error = #expect(throws: ChannelListError.self) { try Self.read(text) }
        #expect(error?.line == line)
    }

    @Test("an empty list, a picture, too large a file and an XML with a document type are refused")
    func refused() {
        let texts: [[UInt8]] = [
            [], Array("id,url\n".utf8), [0x89, 0x50, 0x4E, 0x47, 0, 1, 2], [UInt8](repeating: 0x20, count: ChannelList.sizeLimit + 1),
            Array(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Response><Item><DeviceID>&x;</DeviceID></Item></Response>".utf8),
        ]
        for bytes in texts {
            #expect(throws: ChannelListError.self) { try ChannelList.read(bytes, template: ChannelList.Template()) }
        }
    }

    @Test("the empty list that the console hands out reads as one good row")
    func template() throws {
        let list = try Self.read(ChannelList.emptyCSV)
        let plan = ChannelPlan(list, channels: [], allowsFiles: false, now: Date())
        #expect(plan.rows.map(\.problems) == [[]])
        #expect(plan.rows.first?.channel.nationalID == "31011700001320000001")
        #expect(plan.notes.isEmpty)
    }

    @Test("catalogue answers, one after the other and in GB 2312, give the cameras and say what was left out")
    func catalogue() throws {
        let xml = """
            <?xml version="1.0" encoding="GB2312"?>
            <Response><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>31011700002000000001</DeviceID><SumNum>5</SumNum>
            <DeviceList Num="3">
            <Item><DeviceID>31011700002160000001</DeviceID><Name>中山街道</Name><Parental>1</Parental></Item>
            <Item>
            <DeviceID>31011700001320000001</DeviceID><Name>茂亭路&amp;茸惠路</Name><Address>188 号</Address>
            <CivilCode>310117</CivilCode><ParentID>31011700002160000001</ParentID><Parental>0</Parental><Status>ON</Status>
            <Longitude>121.2255</Longitude><Latitude>31.0322</Latitude><Info><PTZType>3</PTZType><Name>x</Name></Info>
            </Item>
            <Item><DeviceID>310117</DeviceID><Name>松江区</Name></Item>
            </DeviceList></Response>
            <?xml version="1.0" encoding="GB2312"?>
            <Response><DeviceList Num="2">
            <Item><DeviceID>31011700001310000002</DeviceID><Name></Name><Status>OFF</Status><Longitude>0</Longitude><Latitude>0</Latitude></Item>
            <Item><DeviceID>31011700001180000003</DeviceID><Name>NVR</Name></Item>
            </DeviceList></Response>
            """
        let bytes = [UInt8](try #require(xml.data(using: Self.gb18030)))
        let list = try ChannelList.read(bytes, template: ChannelList.Template(main: "rtsp://g/{id}", sub: "rtsp://g/{id}/sub"))
        #expect(list.rows.map(\.line) == [5, 14])
        #expect(
            list.rows.first?.fields == [
                .nationalID: "31011700001320000001", .name: "茂亭路&茸惠路", .place: "188 号", .longitude: "121.2255",
                .latitude: "31.0322", .url: "rtsp://g/31011700001320000001", .subURL: "rtsp://g/31011700001320000001/sub",
            ])
        #expect(list.rows.last?.fields[.longitude] == nil)
        #expect(list.rows.last?.fields[.name] == "31011700001310000002")
        #expect(list.notes.count == 4)
        let plan = ChannelPlan(list, channels: [], allowsFiles: false, now: Date())
        #expect(plan.rows.allSatisfy { $0.problems.isEmpty && $0.channel.id == $0.channel.nationalID })
    }

    @Test("a template without {id} is refused")
    func badTemplate() {
        #expect(throws: ChannelListError.self) { try ChannelList.Template(main: "rtsp://gateway/") }
    }

    @Test("files become channels with usable ids of their own, whatever their names")
    func files() throws {
        let list = ChannelList.files(["/a/Gate 3.mp4", "/b/gate 3.MKV", "/a/茂亭路.ts", "/a/-x.mp4"], loops: true)
        #expect(list.rows.map { $0.fields[.id] } == ["gate-3", "gate-3-2", "file-3", "x"])
        let plan = ChannelPlan(list, channels: [], allowsFiles: true, now: Date())
        #expect(plan.rows.allSatisfy { $0.problems.isEmpty && $0.channel.loops })
        #expect(ChannelPlan(list, channels: [], allowsFiles: false, now: Date()).badCount == 4)
    }

    @Test("a plan says of each row what is new, changed and the same, and keeps what the list does not say")
    func plan() throws {
        var one = ChannelRecord(id: "c1", name: "甲", url: "rtsp://u:p@h/1", owner: "街道", createdAt: Date())
        one.nationalID = "31011700001310000001"
        let two = ChannelRecord(id: "c2", name: "乙", url: "rtsp://h/2", createdAt: Date())
        let list = try Self.read(
            """
            id,national_id,name,url,place
            ,31011700001310000001,甲,,新址
            c2,,乙,,
            c3,,丙,rtsp://h/3,
            """)
        let plan = ChannelPlan(list, channels: [one, two], allowsFiles: false, now: Date())
        #expect(plan.rows.map(\.change) == [.changed([.place]), .same, .new])
        #expect(plan.rows[0].channel.url == "rtsp://u:p@h/1" && plan.rows[0].channel.owner == "街道")
        #expect(plan.edits.map(\.channelID) == ["c1", "c3"])
    }

    @Test("a plan names field and reason of every row that cannot be taken, and never an address")
    func problems() throws {
        let used = ChannelRecord(
            id: "old", name: "x", url: "rtsp://h/9", nationalID: "31011700001310000009", createdAt: Date())
        let list = try Self.read(
            """
            id,national_id,name,url,longitude,latitude,importance
            a,3.1E+19,n,rtsp://h/1,,,
            b,31011700002150000001,n,rtsp://h/1,,,
            c,,n,ftp://u:top-secret@h/1,,,
            d,,n,,,,
            e,,n,rtsp://h/1,east,31,
            f,,n,rtsp://h/1,31,121.2,
            g,,n,rtsp://h/1,,,9
            a,,n,rtsp://h/1,,,
            H,,n,rtsp://h/1,,,
            i,31011700001310000009,n,rtsp://h/1,,,
            """)
        let plan = ChannelPlan(list, channels: [used], allowsFiles: false, now: Date())
        #expect(
            plan.rows.map { $0.problems.first?.field } == [
                .nationalID, .nationalID, .url, .url, .longitude, .latitude, .importance, .id, .id, .nationalID,
            ])
        #expect(plan.edits.isEmpty)
        for problem in plan.rows.flatMap(\.problems) {
            #expect(!"\(problem)".contains("top-secret") && !problem.advice.zh.isEmpty)
        }
    }
}
