// The three recovery sheets, a printed page each: what they are for, the code in groups, where to keep it. Shown once; kept nowhere.

export interface SheetFacts {
  readonly codes: readonly string[]
  readonly townName: string
  readonly kind: 'practice' | 'real'
  /** 和暦 date of the set-up. */
  readonly date: string
}

export const sheetFonts = ['BIZUDPGothic_400Regular.ttf', 'BIZUDPGothic_700Bold.ttf'] as const

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string)
}

export function recoverySheetsHtml(facts: SheetFacts): string {
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>文箱 復旧用紙</title><style>
@font-face{font-family:"BIZ UDPGothic";src:url("app://print/fonts/${sheetFonts[0]}");font-weight:400}
@font-face{font-family:"BIZ UDPGothic";src:url("app://print/fonts/${sheetFonts[1]}");font-weight:700}
@page{size:A4;margin:22mm}
body{font:11pt/1.7 "BIZ UDPGothic";color:#000;margin:0}
section+section{break-before:page}
h1{font-size:20pt;margin:0 0 4mm}
ol.code{list-style:none;margin:8mm 0;padding:6mm;border:1.2pt solid #000;display:grid;grid-template-columns:repeat(4,1fr);gap:4mm 6mm;font-size:17pt;letter-spacing:.12em;text-align:center}
.practice{font-weight:700;border:1pt solid #000;padding:1mm 4mm;display:inline-block}
table{border-collapse:collapse;width:100%;margin-top:8mm}td,th{border:.6pt solid #000;padding:2.5mm;text-align:left;font-weight:400}th{width:38mm}
</style></head><body>${facts.codes.map((code, i) => sheetHtml(facts, code, i + 1)).join('')}</body></html>`
}

function sheetHtml({ codes, townName, kind, date }: SheetFacts, code: string, sheet: number): string {
  const groups = code.split('-').map((group) => `<li>${escape(group)}</li>`).join('')
  const practice = kind === 'practice' ? '<p class="practice">練習用 ／ for practice</p>' : ''
  return `<section><h1>文箱 復旧用紙（${codes.length}枚のうち${sheet}枚目）</h1>${practice}
<p>${escape(townName)}　${escape(date)} 作成</p>
<p>この紙は、端末の席がこわれたとき、または管理者がだれも開けなくなったときに、町の文書をもう一度開くための鍵の一部です。${codes.length}枚のうち、どれか2枚がそろうと使えます。1枚だけでは何も開けません。文箱はこの符号をどこにも保存していません。</p>
<ol class="code" aria-label="復旧の符号">${groups}</ol>
<p>使い方：文箱の最初の画面で「復旧用紙を使う」を選び、2枚の符号を、それぞれ左上から順に入力します。ハイフンと大文字・小文字の違いは気にしなくてかまいません。新しい席は、決められた待ち時間（ふつう72時間）が過ぎてから使えます。その間、管理者は取り消せます。</p>
<p>保管：3枚を別々の場所（町長室の金庫、会計管理者、県や委託先など）に、封をして置いてください。写真に撮らず、2枚を同じ人に渡さないでください。2枚を知る人は、町の文書をすべて読めます。</p>
<table><tr><th>保管場所</th><td></td></tr><tr><th>保管責任者</th><td></td></tr><tr><th>最後に確かめた日</th><td></td></tr></table></section>`
}
