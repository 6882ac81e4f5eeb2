// index.html of a package: one page without script or anything from elsewhere, that any browser opens from the disk,
// for people who have neither our program nor a network. Every text from a document is escaped; every link is relative.

import { formatWareki } from '../base/wareki.ts'
import type { FormField } from '../authority/model.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import type { CoverValue } from '../document/events.ts'
import { jstDate } from '../base/civil-date.ts'
import { deviceWords, toldWords } from '../posture/device-words.ts'
import type { ActDevice } from './device-state.ts'
import { placedFiles } from './readings.ts'
import { decidedAt, type DocumentRecord, type RecordAct } from './record.ts'

export interface FindingAidInput {
  readonly title: string
  /** YYYY-MM-DD. */
  readonly date: string
  readonly identifier: string
  readonly authority: AuthorityState
  /** In the order of their numbers, from 1. */
  readonly records: readonly DocumentRecord[]
}

const style = `
:root{color-scheme:light dark}
body{font-family:"BIZ UDPGothic","Hiragino Sans","Noto Sans JP",sans-serif;line-height:1.7;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem;border-bottom:1px solid}
table{border-collapse:collapse;width:100%;margin:.8rem 0}
th,td{border:1px solid #8a8a8a;padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{white-space:nowrap}td.long{white-space:pre-wrap}code{font-size:.8em;overflow-wrap:anywhere}
.practice{border:3px double;padding:.5rem 1rem;font-weight:bold}
@media print{body{max-width:none}}`

const kinds: Readonly<Record<RecordAct['kind'], string>> = { submit: '回付', approve: '承認', return: '差戻し', refuse: '否決', withdraw: '取下げ' }
const statuses: Readonly<Record<DocumentRecord['status'], string>> = { decided: '決裁済み', open: '決裁されていない', contested: '相反する処理があり要確認' }
const fileKinds = { frozen: '決裁の対象（署名前のPDF）', signed: '署名済みPDF', attachment: '添付' } as const

/** The whole page as text (UTF-8, starting with its doctype). */
export function findingAid(input: FindingAidInput): string {
  const { title, date, identifier, authority, records } = input
  const practice = authority.genesis?.kind === 'practice'
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${style}
</style>
</head>
<body>
<h1>${escape(title)}</h1>
${practice ? '<p class="practice">練習用の文書です。公文書ではありません。</p>\n' : ''}<table>
${row('団体', authority.town?.name ?? '')}${row('書き出した日', formatWareki(date))}${row('識別子', identifier)}${row('文書の数', String(records.length))}</table>
<h2>この書き出しの中身</h2>
<table>
<tr><th>番号</th><th>件名</th><th>決裁した日</th><th>状態</th></tr>
${records.map((r, i) => `<tr><td>${i + 1}</td><td><a href="#d${i + 1}">${escape(r.title)}</a></td><td>${escape(decidedOn(r))}</td><td>${statuses[r.status]}</td></tr>\n`).join('')}</table>
<ul>
<li><a href="register.csv">register.csv</a>：ファイル管理簿（CSV、UTF-8）</li>
<li><a href="trail.json">trail.json</a>：証跡を読むための写し。証明そのものは <a href="trail.cbor">trail.cbor</a></li>
<li><a href="trust/root.pem">trust/root.pem</a>：この団体のルート証明書、<a href="trust/root.crl">trust/root.crl</a>：失効リスト</li>
</ul>
<h2>確かめ方</h2>
<p>このページと register.csv は閲覧用です。内容の証明は署名と証跡で行います。この団体から別の経路で受け取ったルート証明書を使い、次のように確かめます。</p>
<pre>fumibako verify この書き出しのフォルダー --trust root.pem</pre>
<p>ファイルが欠けていないことと変わっていないことだけなら、BagIt（RFC 8493）に対応した道具や <code>sha512sum -c manifest-sha512.txt</code> でも確かめられます。</p>
${records.map((record, i) => documentSection(i + 1, record, authority)).join('')}</body>
</html>
`
}

function documentSection(n: number, record: DocumentRecord, authority: AuthorityState): string {
  const form = authority.forms.get(record.form)
  const fields = new Map((form?.fields ?? []).map((field) => [field.id, field]))
  const order = [...fields.keys()]
  const cover = Object.entries(record.cover)
    .filter(([id]) => id !== 'title' && id !== 'decisionClass')
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  return `<h2 id="d${n}">${n}. ${escape(record.title)}</h2>
<table>
${row('文書ID', record.id)}${row('文書番号', record.number ?? '')}${row('様式', form?.title ?? record.form)}${row('状態', statuses[record.status])}${row('決裁区分', classLabel(record.decisionClass, authority))}${cover.map(([id, value]) => row(fields.get(id)?.label ?? id, coverText(value, fields.get(id), authority))).join('')}</table>
<table>
<tr><th>処理</th><th>段階</th><th>職</th><th>氏名</th><th>日時（日本時間）</th><th>記載</th><th>端末とその状態</th></tr>
${record.acts.map(actRow).join('')}</table>
<table>
<tr><th>ファイル</th><th>種類</th><th>元の名前</th><th>バイト数</th><th>SHA-256</th></tr>
${placedFiles(n, record).map((f) => `<tr><td><a href="${escape(f.path)}">${escape(f.path)}</a></td><td>${fileKinds[f.kind]}</td><td>${escape(f.name)}</td><td>${f.size}</td><td><code>${f.sha256}</code></td></tr>\n`).join('')}</table>
`
}

function actRow(act: RecordAct): string {
  const cells = [act.confirms === undefined ? kinds[act.kind] : '承認の確認', act.stepTitle ?? '', act.positionTitle ?? '', act.personName, japanTime(act.at), act.text, act.device ? deviceText(act.device) : '']
  return `<tr>${cells.map((cell, i) => `<td${i >= 5 ? ' class="long"' : ''}>${escape(cell)}</td>`).join('')}</tr>\n`
}

function deviceText(device: ActDevice): string {
  return device.state === 'sealed' ? `${deviceWords('ja', device)}。状態は示されていない` : toldWords('ja', device)
}

function row(label: string, value: string): string {
  return value === '' ? '' : `<tr><th scope="row">${escape(label)}</th><td class="long">${escape(value)}</td></tr>\n`
}

function decidedOn(record: DocumentRecord): string {
  const at = decidedAt(record)
  return at === null ? '' : formatWareki(jstDate(at))
}

function japanTime(at: string): string {
  const ms = Date.parse(at)
  return Number.isNaN(ms) ? at : `${formatWareki(jstDate(ms))} ${new Date(ms + 9 * 3_600_000).toISOString().slice(11, 16)}`
}

function classLabel(code: string, authority: AuthorityState): string {
  const classes = [...authority.decisionTables.values()].flatMap((table) => table.classes)
  return classes.find((c) => c.code === code)?.label ?? code
}

/** Stored values as people read them: labels for choices and positions, 和暦 for dates; what is not known stays as it is stored. */
function coverText(value: CoverValue, field: FormField | undefined, authority: AuthorityState): string {
  if (Array.isArray(value)) return value.map((one: string) => coverText(one, field, authority)).join('、')
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'number') return field?.kind === 'money' ? `${String(value).replace(/\B(?=(\d{3})+$)/g, ',')}円` : String(value)
  const text = value as string
  if (field?.kind === 'positions') return authority.positions.get(text)?.title ?? text
  if (field?.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return formatWareki(text)
  if (field?.kind === 'class-node') return nodeLabel(text, authority)
  if (field?.kind === 'retention') return retentionLabel(text, authority)
  return field?.choices?.find((choice) => choice.value === text)?.label ?? text
}

function nodeLabel(code: string, authority: AuthorityState): string {
  const nodes = [...authority.schedules.values()].flatMap((schedule) => schedule.nodes)
  const path: string[] = []
  for (let at = nodes.find((n) => n.code === code); at !== undefined && path.length < 3; at = nodes.find((n) => n.code === at?.parent)) path.unshift(at.label)
  return path.length === 0 ? code : `${path.join('／')}（${code}）`
}

function retentionLabel(id: string, authority: AuthorityState): string {
  return [...authority.schedules.values()].flatMap((schedule) => schedule.classes).find((c) => c.id === id)?.label ?? id
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Safe in text and in quoted attributes; control characters that HTML forbids are shown as their pictures. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => entities[c] as string).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
}
