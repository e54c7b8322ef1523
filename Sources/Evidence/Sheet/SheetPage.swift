/// HTML of one printed page; every text from outside goes through `text`.
struct SheetPage {
    private var body = ""

    mutating func add(_ html: String) { body += html + "\n" }

    mutating func table(_ rows: [(String, String)]) {
        add("<table>")
        for (name, value) in rows { add("<tr><th>\(text(name))</th><td>\(text(value))</td></tr>") }
        add("</table>")
    }

    func text(_ plain: String) -> String {
        var result = ""
        for character in plain.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    func html(title: String) -> String {
        """
        <!doctype html>
        <html lang="zh"><head><meta charset="utf-8"><title>\(text(title))</title>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <style>\(Self.style)</style></head><body>
        \(body)</body></html>

        """
    }

    /// One A4 page: the stills take at most 95 mm of its 277 mm, whatever their shape.
    private static let style = """
        @page{size:A4;margin:10mm}*{box-sizing:border-box}
        body{font:8pt/1.3 "Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;margin:0 auto;max-width:190mm;color:#000}
        header{display:flex;align-items:baseline;gap:4mm;border-bottom:.4mm solid #000;margin-bottom:2mm}
        h1{font-size:14pt;margin:0}h1 small{font-size:9pt;font-weight:normal}header p{margin:0;font-size:10pt}
        .stills{display:grid;grid-template-columns:1fr 1fr 1fr;gap:1.5mm;margin-bottom:2mm}
        figure{margin:0;break-inside:avoid}img{display:block;width:100%;height:38mm;object-fit:contain;background:#eee}
        figcaption{font-size:7pt}.facts{display:grid;grid-template-columns:1fr 1fr;gap:3mm;align-items:start}
        table{border-collapse:collapse;width:100%;margin-bottom:2mm}th,td{border:.1mm solid #999;padding:.3mm 1mm;text-align:left;vertical-align:top;
        overflow-wrap:anywhere}th{font-weight:normal;background:#f2f2f2;white-space:nowrap}
        .hashes td,.hashes th{font-size:6.5pt;line-height:1.15}code{font:6.5pt/1.15 "DejaVu Sans Mono",Menlo,Consolas,monospace}
        .check p{margin:0}footer{margin-top:2mm;border-top:.2mm solid #000;font-size:7pt;overflow-wrap:anywhere}
        """
}
