// The look of the 起案用紙 on paper: A4, official measures, Japanese line breaking. Black on white; no opacity, no shadow.

export interface PrintFonts {
  /** Families for running text, first to last, e.g. BIZ UDMincho, Noto Sans JP. */
  readonly text: readonly string[]
  /** Families for headings, labels and bold, e.g. BIZ UDPGothic, Noto Sans JP. */
  readonly heading: readonly string[]
  readonly faces: readonly { readonly family: string; readonly url: string; readonly weight: 'normal' | 'bold' }[]
}

function quoted(value: string): string {
  return `"${value.replace(/["\\<>\n\r]/g, '')}"`
}

/** A style sheet for one document; families are quoted, so that a name cannot end the rule. */
export function printStyle({ text, heading, faces }: PrintFonts): string {
  const fontFaces = faces.map(({ family, url, weight }) => `@font-face{font-family:${quoted(family)};src:url(${quoted(url)});font-weight:${weight}}`).join('\n')
  const family = (names: readonly string[]): string => names.map(quoted).join(',')
  return `${fontFaces}
@page{size:A4 portrait;margin:16mm 15mm 18mm 20mm}
*{box-sizing:border-box}
html{font-family:${family(text)};font-size:10.5pt;line-height:1.75;color:#000;background:#fff;line-break:strict;word-break:normal;overflow-wrap:anywhere;font-kerning:none;orphans:2;widows:2}
body{margin:0}
p,h1,h2,figure{margin:0}
h1,h2,th,strong,.sheet,.town,caption{font-family:${family(heading)};font-weight:bold}
header{display:flex;justify-content:space-between;align-items:baseline;margin-bottom:2mm}
.sheet{font-size:16pt;line-height:1.2;letter-spacing:.5em;margin-right:-.5em}
.town{font-size:10.5pt}
h1{font-size:14pt;line-height:1.45;text-align:center;margin:4mm 8mm 3mm}
table{border-collapse:collapse;width:calc(100% - .3mm);table-layout:fixed}
th,td{border:.25mm solid #000;padding:.55mm 1.5mm;vertical-align:top;text-align:left}
th{font-size:8.5pt;line-height:1.45}
caption{text-align:left;font-size:8.5pt;line-height:1.4;padding-bottom:.6mm}
.decision th{text-align:center;vertical-align:middle;height:9mm;padding:.4mm;font-size:7pt;line-height:1.25}
.decision .kind{font-weight:normal}
.decision td{padding:.5mm}
.decision .none{border:none}
.decision tr{break-inside:avoid}
.mark-box{height:19mm;width:100%}
.cover{font-size:9.5pt;line-height:1.5}
.cover .label{width:27mm}
.cover th{font-weight:normal;line-height:1.67}
.cover .group{break-after:avoid}
.cover .group th{font-size:8pt;line-height:1.35;background:#eee;padding:.2mm 1.5mm;font-weight:bold}
.cover .long{line-height:1.7}
.cover tr{break-inside:avoid}
main{break-before:page}
main p.indented{text-indent:1em}
main .item{font-size:1em;line-height:inherit;text-indent:0}
main h2.item{margin-top:.6em;break-after:avoid}
${Array.from({ length: 7 }, (_, level) => `main .level-${level}{padding-left:${level + 1}em;text-indent:-1em}`).join('\n')}
.ki{text-align:center;margin:.9em 0}
.ijo{text-align:right;margin-top:.5em}
.body-table,.attachments table{margin:.6em 0;font-size:9.5pt;line-height:1.55}
.body-table tr,.attachments tr{break-inside:avoid}
figure{margin:.6em 0;text-align:center;break-inside:avoid}
img{max-width:100%;max-height:200mm}
.attachments{margin-top:6mm}
.attachments h2{font-size:11pt;break-after:avoid}
.attachments th:nth-child(1){width:10mm}
.attachments th:nth-child(3){width:32mm}
.attachments .n{text-align:right}
.attachments .hash{font-size:7pt;line-height:1.5;word-break:break-all}
.boxed-code{display:inline-block;border:.2mm solid #000;font-family:${family(heading)};font-size:.6em;line-height:1.2;padding:0 .2em;text-indent:0;vertical-align:middle}`
}
