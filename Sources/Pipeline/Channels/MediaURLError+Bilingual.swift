import Casework
import FFmpegIO

extension MediaURLError {
    /// The same in both languages; never holds the address.
    var bilingual: BilingualText {
        let zh =
            switch self {
            case .empty: "没有地址"
            case .controlCharacter: "地址中有换行或其他控制字符"
            case .unsupportedScheme(let name): "不能打开“\(name):”，地址须以 rtsp://、rtsps://、rtmp://、http:// 或 https:// 开头"
            case .badHost: "地址缺少主机名"
            case .badPort: "主机名后的端口须为 1 至 65535"
            case .unescapedPassword: "用户名或密码中的特殊字符须写成百分号形式：/ 为 %2F，? 为 %3F，# 为 %23，: 为 %3A，@ 为 %40"
            }
        return BilingualText(zh: zh, en: description)
    }
}
