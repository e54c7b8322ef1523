import Casework

extension Phrase {
    /// The one table of all texts. Names in braces are filled in by `Wording.text(_:_:)`.
    var text: BilingualText {
        let (zh, en) = roomPair ?? pair
        return BilingualText(zh: zh, en: en)
    }

    /// The rooms' own tables, asked one after the other.
    private static let rooms: [@Sendable (Phrase) -> (zh: String, en: String)?] = [
        { $0.accessPair }, { $0.actionPair }, { $0.exchangePair }, { $0.healthPair }, { $0.ledgerPair }, { $0.noticePair },
        { $0.archivePair }, { $0.peoplePair }, { $0.comparisonPair }, { $0.summaryPair }, { $0.dutyPair },
    ]

    private var roomPair: (zh: String, en: String)? {
        for room in Self.rooms {
            if let pair = room(self) { return pair }
        }
        return nil
    }

    private var pair: (zh: String, en: String) {
        switch self {
        // Frame
        case .productName: ("巡街", "Xunjie")
        case .productClaim: ("街面巡查 · 非现场执法线索", "Street patrol · leads for enforcement")
        case .otherLanguage: ("English", "中文")
        case .skipToContent: ("跳到正文", "Skip to content")
        case .mainNavigation: ("主导航", "Main navigation")
        case .caseQueue: ("案件队列", "Case queue")
        case .channels: ("通道", "Channels")
        case .users: ("用户", "Users")
        case .casesWaiting: ("{n} 件待处理", "{n} waiting")
        case .channelsBlind: ("{n} 路看不到画面", "{n} cannot see")
        case .changePassword: ("修改密码", "Change password")
        case .logOut: ("退出登录", "Log out")
        // Login
        case .logIn: ("登录", "Log in")
        case .login: ("账号", "Login")
        case .passwordLabel: ("密码", "Password")
        case .loginNote: ("查看、调取视频图像均按规定登记。", "Every look at pictures and clips is logged, as the law asks.")
        case .loginRefused: ("账号或密码不正确。", "The login or the password is wrong.")
        case .loginTooMany: ("尝试次数过多，请在 {n} 秒后再试。", "Too many tries. Please wait {n} s.")
        case .formStale: ("页面停留过久，请重新提交。", "This page was open for too long. Please send it again.")
        // States of a case
        case .stateAll: ("全部", "All")
        // Queue
        case .filterByState: ("按状态筛选", "Filter by state")
        case .filterByViolation: ("按类型筛选", "Filter by type")
        case .allViolations: ("全部类型", "All types")
        case .allChannels: ("全部通道", "All channels")
        case .channel: ("通道", "Channel")
        case .show: ("显示", "Show")
        case .showMore: ("更多案件", "More cases")
        case .showNewCases: ("有新案件，点击显示", "New cases: show them")
        case .urgent: ("优先", "Urgent")
        case .queueSummary:
            (
                "{seeing}/{channels} 路在巡查",
                "{seeing} of {channels} channels patrolled"
            )
        case .thumbnailAlt: ("{violation}，持续后画面", "{violation}, after the dwell")
        case .stayed: ("停留 {duration}", "Stayed {duration}")
        case .decidedBy: ("{name} · {time}", "{name} · {time}")
        case .keysMove: ("选择", "move")
        case .keysOpen: ("打开", "open")
        case .emptyNoChannelsTitle: ("还没有接入视频通道", "No channels yet")
        case .emptyNoChannelsText:
            (
                "接入第一路视频、划好区域后，发现的案件会自动出现在这里。",
                "Add the first channel and draw its zones; what is found then appears here by itself."
            )
        case .emptyAllClearTitle: ("街面有序，没有待处理的案件", "All clear, nothing waits")
        case .emptyAllClearText:
            (
                "{seeing} 路视频正在巡查。一有发现会立即出现在这里，不必刷新页面。",
                "{seeing} channels are patrolled. A finding appears here at once; no need to reload."
            )
        case .emptyBlindTitle: ("目前看不到任何画面", "Nothing can be seen now")
        case .emptyBlindText:
            (
                "{channels} 路通道目前都看不到画面，因此没有案件不等于没有问题。请先查看通道状态。",
                "None of the {channels} channels can see now, so no cases does not mean no violations. Look at the channels first."
            )
        case .emptyFilterTitle: ("没有符合条件的案件", "No cases match")
        case .emptyFilterText: ("换一个状态、类型或通道再看。", "Try another state, type or channel.")
        case .emptyFilterLink: ("查看全部待处理", "Show all that wait")
        case .addFirstChannel: ("接入第一路视频", "Add the first channel")
        case .seeChannels: ("查看通道状态", "Look at the channels")
        // Case
        case .neighbours: ("前后案件", "Neighbouring cases")
        case .nextCase: ("下一件", "Next")
        case .previousCase: ("上一件", "Previous")
        case .zoneLayer: ("区域框线", "Zone layer")
        case .keys: ("快捷键", "Keys")
        case .stills: ("证据图片", "Stills")
        case .stillBefore: ("发现之前", "Before")
        case .stillAtStart: ("开始停留", "At the start")
        case .stillAfterDwell: ("持续之后", "After the dwell")
        case .stillCloseUp: ("局部放大", "Close-up")
        case .stillAnnotated: ("标注图", "Annotated")
        case .clip: ("现场录像", "Clip")
        case .noPictures: ("证据包中没有可显示的图片。", "The evidence package holds no pictures that could be shown.")
        case .manifestUnreadable:
            (
                "证据包清单无法读取，请先核查存证，再作决定。",
                "The manifest of this evidence package cannot be read. Check the evidence before deciding."
            )
        case .whatToLookFor: ("认定要点", "What to look for")
        case .place: ("地点", "Place")
        case .zone: ("区域", "Zone")
        case .since: ("起始", "Since")
        case .dwell: ("停留时长", "Stayed")
        case .dwellRule: ("{duration}（规则 {rule}）", "{duration} (rule: {rule})")
        case .foundAt: ("成案时间", "Found")
        case .score: ("把握程度", "Confidence")
        case .findings: ("案情", "Facts")
        case .code: ("事项代码", "Code")
        case .responsible: ("主责部门", "Responsible")
        case .helping: ("协同部门", "Also")
        case .zoneVersion: ("{zone} · 第 {version} 版", "{zone} · version {version}")
        case .rule: ("规则版本", "Rule version")
        case .cleared: ("恢复时间", "Cleared")
        case .notCleared: ("尚在持续", "Still there")
        case .box: ("目标位置", "Object")
        case .boxText: ("x {x}，y {y}，宽 {w}，高 {h}（像素）", "x {x}, y {y}, {w} × {h} pixels")
        case .camera: ("画面", "Picture")
        case .measurements: ("测量值", "Measurements")
        case .stillSeconds: ("静止时长", "Still for")
        case .areaPart: ("占画面面积", "Part of the picture")
        case .fillPart: ("外框填充率", "Part of its box")
        case .textureLevels: ("纹理强度", "Texture")
        case .structureChangePart: ("结构变化", "Changed structure")
        case .leftEvidenceLog: ("遗留物证据值", "Left-object evidence")
        case .stirPart: ("扰动比例", "Stirring part")
        case .scorePart: ("综合评分", "Score")
        case .sealedEvidence: ("存证", "Sealed evidence")
        case .sealSound: ("存证校验通过", "Seal verified")
        case .sealUnchecked: ("存证未校验", "Seal not checked")
        case .sealBroken: ("存证异常", "Seal broken")
        case .packageID: ("证据包编号", "Package")
        case .manifestHash: ("清单 SHA-256", "Manifest SHA-256")
        case .chainPlace: ("存证链序号", "Place in the chain")
        case .previousHash: ("前一清单 SHA-256", "Previous manifest")
        case .sealProblem: ("异常说明", "Problem")
        case .clock: ("时间来源", "Clock")
        case .clockReceiveTime: ("服务器接收时间", "Time of receipt")
        case .program: ("生成程序", "Made by")
        case .history: ("办理记录", "History")
        case .machine: ("系统", "The machine")
        case .someone: ("未知用户", "Unknown user")
        case .eventSealed: ("发现并封存证据", "found it and sealed the evidence")
        case .eventDecided: ("作出决定：{decision}", "decided: {decision}")
        case .eventUndone: ("撤销了决定", "took the decision back")
        case .eventCleared: ("现场已恢复", "saw the place cleared")
        case .eventSeenAgain: ("再次发现同一情况", "saw the same again")
        case .eventNoted: ("备注", "noted")
        case .eventTimeStamped: ("证据包已加盖时间戳", "Package time-stamped")
        case .eventRepaired: ("补录了案件记录", "made the record again")
        case .eventPackageMissing: ("未找到证据包", "did not find the package")
        case .eventViewed: ("查看", "looked at it")
        case .decision: ("处理决定", "Decision")
        case .note: ("备注", "Note")
        case .notePlaceholder: ("备注（按 N 输入，可不填）", "Note (press N; optional)")
        case .confirm: ("确认", "Confirm")
        case .falseAlarm: ("误报", "False alarm")
        case .exempt: ("豁免", "Exempt")
        case .transfer: ("移送", "Transfer")
        case .askFalseAlarm: ("为什么是误报？", "Why is it a false alarm?")
        case .askExempt: ("依据什么豁免？", "Why is it exempt?")
        case .askTransfer: ("移送给哪个部门？", "To whom?")
        case .undo: ("撤销", "Undo")
        case .onlyOfficersDecide: ("您的账号只能查看案件，不能作出决定。", "Your account can look at cases, but not decide.")
        case .standingDecision: ("{name} 于 {time} 决定", "{name}, {time}")
        case .standingReason: ("{name} 于 {time} 决定：{reason}", "{name}, {time}: {reason}")
        case .enlarged: ("放大查看", "Enlarged")
        case .keysPicture: ("切换画面", "other picture")
        case .keysBlink: ("与之前对比", "blink with before")
        case .keysDigit: ("选择理由或部门", "pick the reason or body")
        case .keysUndo: ("撤销刚才的决定（60 秒内）", "undo the last decision (60 s)")
        case .keysEnlarge: ("放大画面", "enlarge")
        case .keysNote: ("填写备注", "write a note")
        case .keysClip: ("播放或暂停录像", "play or pause the clip")
        case .keysHelp: ("显示本说明", "show this")
        case .close: ("关闭", "Close")
        case .conflict: ("他人已先作出决定，下方为最新状态。", "Somebody else decided first. This is what stands now.")
        case .refused: ("未能保存，案件没有变化。", "Not saved; the case has not changed.")
        case .undone: ("已撤销，案件回到待处理。", "Undone; the case waits again.")
        case .toQueue: ("返回案件队列", "To the queue")
        // Channels
        case .addChannel: ("接入通道", "Add a channel")
        case .notDone: ("操作没有成功。", "That did not work.")
        case .findChannel: ("查找名称、地点或编号", "Find a name, place or id")
        case .noChannels: ("还没有接入视频通道", "No channels yet")
        case .noChannelsText:
            (
                "准备好视频地址（RTSP 或录像文件），先试连看到画面，再划定区域，即开始巡查。",
                "Have the address of a camera (RTSP) or a recording at hand: try it, see its picture, draw the zones, and the patrol begins."
            )
        case .noStillYet: ("暂无画面", "No picture yet")
        case .channelConnecting: ("连接中", "Connecting")
        case .channelWarmingUp: ("学习背景", "Learning the view")
        case .channelPatrolling: ("巡查中", "Patrolling")
        case .channelWatching: ("重点观察", "Watching")
        case .channelStalled: ("画面停滞", "Stalled")
        case .channelBackingOff: ("等待重连", "Waiting to reconnect")
        case .channelStopped: ("已停止", "Stopped")
        case .channelPaused: ("已暂停", "Paused")
        case .channelUnknown: ("未启动", "Not started")
        case .channelBlind: ("画面异常", "View at fault")
        case .viewBlack: ("画面全黑", "The picture is black")
        case .viewBlocked: ("画面被遮挡", "The view is covered")
        case .viewFrozen: ("画面冻结", "The picture is frozen")
        case .viewShifted: ("摄像机位置变化", "The camera has moved")
        case .viewDefocused: ("画面模糊", "The picture is blurred")
        case .viewNoisy: ("画面噪声过大", "The picture is noisy")
        case .viewColourCast: ("画面偏色", "The picture is tinted")
        case .viewSignalLost: ("视频信号丢失", "The video signal is lost")
        case .fileOver: ("录像文件已播完", "The file is over")
        case .sourceEnded: ("视频流结束", "The stream ended")
        case .sourceUnauthorized: ("用户名或密码不对", "Wrong user name or password")
        case .sourceForbidden: ("该账号无权查看此视频", "The account may not see this stream")
        case .sourceNotFound: ("设备上没有这一路视频，请检查通道号和路径", "The server has no stream at this path")
        case .sourceRefused: ("该地址没有服务，请检查地址、端口和设备是否开机", "Nothing is listening there: check address, port and power")
        case .sourceSilent: ("设备没有应答，或连接后不发送视频", "No answer, or connected but no video is sent")
        case .sourceUnreachable: ("网络不通，请检查网络和地址", "No route to that address: check the network")
        case .sourceBroke: ("连接中断", "The connection broke")
        case .sourceNoVideo: ("没有视频流（只有音频？）", "It holds no video (audio only?)")
        case .sourceDamaged: ("视频数据损坏或无法识别", "The data is damaged or of no known kind")
        case .sourceNoFile: ("文件不存在", "There is no such file")
        case .sourceNoPicture: ("有数据但解不出画面：码流损坏或关键帧太少", "Data comes but no picture: the stream is damaged, or sends key frames too seldom")
        case .sourceChanged: ("画面尺寸或编码刚刚改变，正在重新识别", "Its size or codec has just changed; the view is looked at anew")
        case .clockJumped: ("摄像机时间戳跳变，已衔接", "Its time stamps jumped; the jump was bridged")
        case .noMainStream: ("主码流打不开，证据暂用子码流", "The main stream cannot be opened; evidence comes from the sub-stream")
        case .openIncidents: ("{n} 处观察中", "{n} under watch")
        case .lastFrame: ("末帧 {time}", "last picture {time}")
        case .analysedRate: ("分析 {n} 帧/秒", "{n} analysed/s")
        case .reconnects: ("重连 {n} 次", "{n} reconnects")
        case .drawZones: ("划定区域", "Draw zones")
        case .editZones: ("区域（第 {n} 版）", "Zones (version {n})")
        case .zonesMissing: ("未划定区域，暂不发现案件", "No zones drawn: nothing is found yet")
        case .itsCases: ("查看案件", "Its cases")
        case .watchClosely: ("盯看十分钟", "Watch closely")
        case .watchCloselyNote: ("十分钟内每半秒看一次，之后自动恢复", "Looks twice a second for ten minutes, then goes on as before")
        case .pauseChannel: ("暂停巡查", "Pause")
        case .resumeChannel: ("恢复巡查", "Resume")
        case .removeChannel: ("移除通道", "Remove")
        case .removeQuestion: ("移除通道“{name}”？已有案件和证据会保留。", "Remove the channel “{name}”? Its cases and evidence stay.")
        // Adding a channel
        case .videoSource: ("视频源", "Video source")
        case .addressNote:
            (
                "留存证据用，可含用户名和密码；保存后页面上不再显示密码。",
                "For evidence. It may hold user and password; the password is never shown again."
            )
        case .transport: ("传输方式", "Transport")
        case .transportTCP: ("TCP（稳定，推荐）", "TCP (steady, recommended)")
        case .transportUDP: ("UDP", "UDP")
        case .tryAddress: ("试连", "Try it")
        case .probing: ("正在连接，最长约 15 秒…", "Connecting, up to about 15 s…")
        case .probeStill: ("试连画面", "Picture of the source")
        case .codec: ("编码", "Codec")
        case .pictureSize: ("分辨率", "Size")
        case .frameRate: ("帧率", "Frame rate")
        case .framesPerSecond: ("{n} 帧/秒", "{n} frames/s")
        case .keyFrameGap: ("关键帧间隔", "Key frame every")
        case .container: ("封装", "Container")
        case .onlyOneKeyFrame: ("试连期间仅见一个", "only one seen")
        case .nameAndPlace: ("名称与地点", "Name and place")
        case .channelName: ("通道名称", "Name")
        case .channelNameExample: ("茂亭路 12 号门前", "Maoting Road 12")
        case .channelID: ("通道编号", "Id")
        case .channelIDNote:
            (
                "小写字母、数字和 - _ . ，确定后不能修改，用于证据目录。",
                "a–z, 0–9 and - _ . ; names the evidence folder and cannot be changed later."
            )
        case .placeExample: ("中山街道茂亭路北侧", "North side of Maoting Road")
        case .addAndDraw: ("接入并划定区域", "Add and draw zones")
        case .addNote:
            (
                "接入后先学习背景约一分钟；划定区域后开始发现案件。",
                "After adding, the view is learned for about a minute; findings begin once zones are drawn."
            )
        case .addressAgain:
            (
                "为避免泄露密码，地址不再显示，请重新填写。",
                "The address is not shown again because it holds a password. Please type it again."
            )
        // Channels: editing, versions, lists
        case .editChannel: ("修改通道", "Edit the channel")
        case .importMany: ("批量导入", "Import many")
        case .mainStream: ("主码流", "Main stream")
        case .subStream: ("子码流", "Sub-stream")
        case .subStreamNote: ("分析用，较小；没有则留空。", "Smaller, for analysis; leave it empty if there is none.")
        case .addressKept:
            (
                "用户名、密码和参数不显示。地址不改动即保留原样；要改动须填写完整地址。",
                "User, password and parameters are not shown. Left as it is, the address keeps them; to change it, type all of it."
            )
        case .streamsSwapped:
            (
                "子码流比主码流大，两个地址可能填反了，请对调。",
                "The sub-stream is larger than the main stream; the two addresses may be swapped: exchange them."
            )
        case .nationalID: ("国标编号", "GB/T 28181 id")
        case .nationalIDNote: ("20 位，第 11–13 位为 131 或 132；没有则留空。", "20 digits, of which 11 to 13 are 131 or 132; may be empty.")
        case .longitude: ("经度", "Longitude")
        case .latitude: ("纬度", "Latitude")
        case .grid: ("网格", "Grid")
        case .owner: ("权属", "Owner")
        case .importance: ("重要程度", "Importance")
        case .importanceFirst: ("重要", "high")
        case .importanceUsual: ("一般", "usual")
        case .importanceLast: ("次要", "low")
        case .enabledField: ("启用", "Enabled")
        case .loopsField: ("循环播放", "plays in a loop")
        case .channelSaved: ("已保存，立即生效。", "Saved; it is in force now.")
        case .versionNumber: ("第 {n} 版", "Version {n}")
        case .versionAdded: ("接入", "added")
        case .versionRemoved: ("移除", "removed")
        case .versionPaused: ("暂停", "paused")
        case .versionResumed: ("恢复巡查", "resumed")
        case .versionReturned: ("重新接入", "came back")
        case .restoreVersion: ("恢复此版", "Restore")
        case .authorCommandLine: ("命令行", "command line")
        case .authorFile: ("通道文件", "channels file")
        case .listSeparator: ("、", ", ")
        case .fileNotInForce:
            ("磁盘上的通道文件未生效，改正后会自动应用：", "The channels file on the disk is not in force; mended, it is applied by itself:")
        case .importList: ("通道清单", "List of channels")
        case .importFile: ("选择文件", "File")
        case .importFileNote:
            (
                "CSV（UTF-8 或 Excel 的 GBK 均可，逗号、分号、制表符分隔），或国标平台导出的目录 XML。",
                "CSV (UTF-8, or GBK as Excel writes it; comma, semicolon or tab), or a GB/T 28181 catalogue as XML."
            )
        case .importTemplate: ("下载 CSV 模板", "Download a CSV template")
        case .importPaste: ("或粘贴表格（连同表头）", "Or paste the table, header included")
        case .importStreams: ("视频地址", "Addresses")
        case .streamTemplate: ("主码流地址模板", "Template of the main address")
        case .subStreamTemplate: ("子码流地址模板", "Template of the sub-stream's address")
        case .streamTemplateNote:
            (
                "清单中没有地址时使用（国标目录都没有），{id} 换成国标编号或编号。",
                "For lists without addresses, as all catalogues are; {id} becomes the GB/T 28181 id or the id."
            )
        case .importSkipsTrial: ("不试连（摄像机暂不在线时）", "Do not try the addresses (cameras not online yet)")
        case .importBegin: ("检查清单", "Check the list")
        case .importBeginNote:
            ("只检查和试连，确认之前不作任何更改。", "Only checks and tries; nothing is changed before you confirm.")
        case .importPreview: ("导入预览", "Preview")
        case .importProgress: ("试连中 {n} / {all}", "Tried {n} of {all}")
        case .importSummary:
            (
                "共 {all} 行 · 新增 {new} · 更改 {changed} · 不变 {same} · 有问题 {bad}",
                "{all} rows · {new} new · {changed} changed · {same} the same · {bad} with problems"
            )
        case .importApplied: ("已导入，{n} 路新增或更改。", "Done: {n} channels added or changed.")
        case .importNothing: ("没有可导入的更改。", "There is nothing to change.")
        case .importCancel: ("取消", "Cancel")
        case .applyAll: ("全部导入", "Import all")
        case .applyOnlyGood: ("只导入没有问题的 {n} 路", "Import the good rows ({n})")
        case .importNew: ("新增", "new")
        case .importSame: ("不变", "the same")
        case .importChanged: ("更改：{what}", "changed: {what}")
        case .importTrying: ("等待试连…", "to be tried…")
        case .importLine: ("第 {n} 行：", "line {n}: ")
        case .importNotes: ("未使用的内容", "What was left out")
        case .copyZones: ("从其他通道复制", "Copy from another channel")
        case .copyZonesFrom: ("选择通道…", "Choose a channel…")
        case .zonesCopied:
            (
                "已复制到本通道画面上，请对照画面调整后保存。",
                "Copied onto this channel's picture: adjust them to it, then save."
            )
        // Zones
        case .channelStill: ("通道画面", "Picture of the channel")
        case .noStillForZones:
            (
                "通道还没有画面，连上之后才能划定区域。",
                "There is no picture yet; zones can be drawn once the channel is connected."
            )
        case .newZone: ("新建区域", "New zone")
        case .zones: ("区域", "Zones")
        case .noZones:
            (
                "还没有区域。选择一种类型，在画面上依次点击各个角。",
                "No zones yet. Pick a kind, then click the corners on the picture."
            )
        case .zonesRefused: ("区域没有保存。", "The zones were not saved.")
        case .zonesSaved: ("已保存为第 {n} 版，立即生效。", "Saved as version {n}; it is in force now.")
        case .zonesVersion: ("第 {n} 版", "Version {n}")
        case .zonesNone: ("尚未划定", "None drawn")
        case .saveVersion: ("保存为新版本", "Save new version")
        case .undoStep: ("撤销一步", "Undo")
        case .zonesDocument: ("区域文件（JSON）", "Zones document (JSON)")
        case .saveDocument: ("保存文件", "Save the document")
        case .versions: ("历史版本", "Versions")
        case .zoneFrontage: ("店铺门前", "Frontage")
        case .zonePavement: ("人行道", "Pavement")
        case .zoneCarriageway: ("车行道", "Carriageway")
        case .zoneNoParking: ("禁停区", "No parking")
        case .zoneBin: ("垃圾投放点", "Bin")
        case .zoneIgnore: ("忽略区", "Ignored")
        case .zoneFrontageAbout: ("跨门经营", "storefront encroachment")
        case .zonePavementAbout: ("设摊、堆物、垃圾、乱停", "vending, goods, rubbish, parking")
        case .zoneCarriagewayAbout: ("违停、堆物", "stopped vehicles, goods")
        case .zoneNoParkingAbout: ("机动车、非机动车违停", "vehicles, bikes, goods")
        case .zoneBinAbout: ("暴露垃圾、满溢", "rubbish, overflow")
        case .zoneIgnoreAbout: ("树木、水面、时间字样", "trees, water, burnt-in clock")
        case .zoneFireLane: ("消防通道", "Fire lane")
        case .zoneTactilePath: ("盲道", "Tactile path")
        case .zoneRail: ("栏杆、电杆", "Rail or pole")
        case .zonePermitted: ("许可区", "Permitted")
        case .zoneFireLaneAbout: ("占用消防通道", "anything on it")
        case .zoneTactilePathAbout: ("占用盲道", "anything on it")
        case .zoneRailAbout: ("沿街晾挂", "hung goods")
        case .zonePermittedAbout: ("外摆位、疏导点：不报", "stalls by permit: nothing")
        case .lineShopFront: ("门线（门窗外墙脚）", "shop line")
        case .lineRim: ("桶口线", "rim of the bin")
        case .lineGround: ("地面线", "ground line")
        case .groundScale: ("地面尺度", "Ground scale")
        case .drawLength: ("画参照长度", "Draw a length")
        case .showPeople: ("显示 1.7 米人形", "Show people of 1.7 m")
        case .zoneHelpIdle:
            (
                "选择类型新建区域；拖动圆点调整，双击边线加点，选中圆点按 Delete 删除。",
                "Pick a kind to draw a zone. Drag dots to adjust, double-click a side to add one, Delete removes the chosen dot."
            )
        // Users and password
        case .usersSummary: ("共 {n} 人", "{n} in all")
        case .createdOn: ("建立日期", "Added")
        case .displayName: ("姓名", "Name")
        case .role: ("角色", "Role")
        case .disabled: ("已停用", "disabled")
        case .addUser: ("添加用户", "Add a user")
        case .userAdded: ("已添加用户 {login}。", "The user {login} was added.")
        case .firstPassword: ("初始密码", "First password")
        case .firstPasswordNote: ("请当面告知，并请本人登录后立即修改。", "Tell it in person; the user should change it at once.")
        case .currentPassword: ("当前密码", "Current password")
        case .newPassword: ("新密码", "New password")
        case .newPasswordAgain: ("再次输入新密码", "New password again")
        case .passwordNote: ("修改后，其他已登录的设备需要重新登录。", "Other devices have to log in again afterwards.")
        case .passwordChanged: ("密码已修改。", "The password was changed.")
        case .passwordWrong: ("当前密码不正确。", "The current password is wrong.")
        case .passwordDiffers: ("两次输入的新密码不一致。", "The two new passwords are not the same.")
        case .passwordShort: ("新密码至少 {n} 个字符。", "The new password needs at least {n} characters.")
        // Errors
        case .errorForbidden: ("没有权限", "Not allowed")
        case .errorForbiddenText:
            (
                "您的账号不能使用此页面，或页面已过期，请返回后重试。",
                "Your account cannot use this page, or the page is too old. Go back and try again."
            )
        case .errorNotFound: ("没有找到", "Not found")
        case .errorNotFoundText: ("此页面、案件或通道不存在，或已被移除。", "This page, case or channel does not exist, or was removed.")
        case .errorBadRequest: ("请求无法识别", "Not understood")
        case .errorBadRequestText: ("提交的内容不完整或有误，请返回检查。", "What was sent is incomplete or wrong. Go back and check it.")
        case .errorTooLarge: ("内容过大", "Too large")
        case .errorTooLargeText: ("提交的内容超过了允许的大小。", "What was sent is larger than allowed.")
        case .errorTooMany: ("操作过于频繁", "Too many requests")
        case .errorTooManyText: ("请稍候再试。", "Please wait a moment and try again.")
        case .errorServer: ("系统出错", "Something went wrong")
        case .errorServerText:
            (
                "错误已记入日志，数据没有丢失。请稍后重试，或联系运维人员。",
                "The error was logged and nothing was lost. Try again later, or tell the operator."
            )
        // Times and amounts
        case .today: ("今天 {time}", "today {time}")
        case .yesterday: ("昨天 {time}", "yesterday {time}")
        case .justNow: ("刚刚", "just now")
        case .minutesAgo: ("{n} 分钟前", "{n} min ago")
        case .hoursAgo: ("{n} 小时前", "{n} h ago")
        case .daysAgo: ("{n} 天前", "{n} d ago")
        case .seconds: ("{n} 秒", "{n} s")
        case .minutes: ("{n} 分", "{n} min")
        case .hours: ("{n} 小时", "{n} h")
        // For scripts
        case .liveOn: ("实时", "Live")
        case .liveOff: ("连接中断，正在重连", "Connection lost, retrying")
        case .liveStale: ("有较多更新，请刷新页面", "Much has changed, please reload")
        case .newCasesCount: ("{n} 件新案件，点击显示", "New cases: {n}, show them")
        case .decided: ("已记录：{state}", "Recorded: {state}")
        case .undoWithin: ("{n} 秒内可撤销", "undo within {n} s")
        case .queueDone: ("这一组已全部处理完。", "This list is done.")
        case .requestFailed: ("未能保存：{reason}", "Not saved: {reason}")
        case .networkFailed: ("无法连接服务器，请检查网络后重试。", "The server cannot be reached. Check the network and try again.")
        case .sessionOver: ("登录已过期，请重新登录。", "Your login has expired. Please log in again.")
        case .probeFailed: ("试连失败：{reason}", "It did not work: {reason}")
        case .decideFirst: ("请先选择理由（数字键）。", "Pick a reason first (digit keys).")
        case .zoneHelpDrawing:
            (
                "依次点击各个角；点击第一个点或按 Enter 完成，Backspace 退一步，Esc 取消。",
                "Click the corners; click the first one or press Enter to finish, Backspace takes one back, Esc cancels."
            )
        case .zoneHelpChosen:
            (
                "拖动圆点或整个区域；双击边线加点；Delete 删除选中的点。",
                "Drag dots or the whole zone; double-click a side to add a dot; Delete removes the chosen dot."
            )
        case .zoneHelpLine:
            (
                "沿线依次点击，按 Enter 或再点最后一点完成，Backspace 退一步，Esc 取消。",
                "Click along the line; press Enter or click the last point again to finish, Backspace takes one back, Esc cancels."
            )
        case .zoneHelpLength:
            (
                "点击已知长度的两端：站立的人从脚到头，或横向的门宽、车长。",
                "Click the two ends of a known length: a standing person from foot to head, or a door or car across the view."
            )
        case .lineTooShort: ("至少需要两个点。", "At least two points are needed.")
        case .drawLine: ("画{line}", "Draw the {line}")
        case .removeLine: ("删除{line}", "Remove the {line}")
        case .zonePermit: ("许可编号", "Permit")
        case .zonePermitExample: ("如 2026-118", "for example 2026-118")
        case .lengthMetres: ("长度（米）", "Length (m)")
        case .scaleNone:
            (
                "未标定：按常见街面机位估算，面积误差约一倍。在远近两处各画一个已知长度。",
                "Not measured: a usual street camera is assumed, areas are good to a factor of two. Draw a known length near and far."
            )
        case .scaleOne: ("已画一处；在另一远近再画一处，各处大小才准。", "One length is drawn; draw a second at another depth.")
        case .scaleTwo: ("已标定。把人形移到行人旁，高矮应一致。", "Measured. Move the figure beside passers-by: they should be as tall.")
        case .scaleWrong:
            (
                "两处参照不合：近处的每米应当更长，且远近要分开。",
                "The two lengths do not fit: the nearer one must look longer for each metre, and they must differ in depth."
            )
        case .zoneTooFew: ("至少需要三个角。", "At least three corners are needed.")
        case .zoneCrosses: ("边线不能交叉。", "The sides must not cross.")
        case .zoneName: ("编号", "Id")
        case .zoneKind: ("类型", "Kind")
        case .zoneDwell: ("停留（秒）", "Dwell (s)")
        case .zoneDwellDefault: ("默认", "default")
        case .zoneHours: ("生效时段", "Hours")
        case .zoneHoursExample: ("全天，或 mon-fri 07:00-22:00", "always, or mon-fri 07:00-22:00")
        case .deleteZone: ("删除", "Delete")
        case .saved: ("已保存为第 {n} 版，立即生效。", "Saved as version {n}; it is in force now.")
        case .documentBroken: ("区域文件不是有效的 JSON。", "The document is no valid JSON.")
        // Those of the other tables; a test looks that none is left without a text.
        default: ("", "")
        }
    }
}
