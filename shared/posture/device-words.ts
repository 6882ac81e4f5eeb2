// For good in a record: on which device something was done and in which state, in words. A signed PDF, a package, the command line and the
// document's screen say it alike.

import type { GateAnswer } from './evaluate.ts'
import type { CheckId, ProtectionLevel, System } from './model.ts'
import type { CheckReading } from './statement.ts'

export type RecordLanguage = 'ja' | 'en'

export interface ToldDevice {
  readonly id: string
  readonly statement: { readonly system: System; readonly level: ProtectionLevel; readonly checks: readonly Pick<CheckReading, 'id' | 'verdict'>[] } | null
  /** What the town's rules of that day said to the act; null where they asked nothing of the device. */
  readonly asked: GateAnswer | null
}

type Pair = Readonly<Record<RecordLanguage, string>>
export const pair = (ja: string, en: string): Pair => ({ ja, en })

export const checkNames: Readonly<Record<CheckId, Pair>> = {
  'disk.enc': pair('ディスクの暗号化', 'Disk encryption'),
  'boot.secure': pair('起動の守り（セキュアブート）', 'Protected start (Secure Boot)'),
  'tpm.key': pair('鍵の置き場所', 'Where the keys are'),
  'os.patch': pair('OS の更新', 'Updates of the system'),
  'fw.on': pair('ファイアウォール', 'Firewall'),
  'av.ok': pair('ウイルス対策', 'Virus protection'),
  'lock.screen': pair('画面の自動ロック', 'Screen lock'),
  'mdm.enrolled': pair('町による端末の管理', 'Managed by the town'),
  'idp.context': pair('サインインの保証', 'What sign-in vouches for'),
  'user.notadmin': pair('ふだん使いのアカウント', 'Everyday account'),
  'app.intact': pair('文箱そのもの', 'Fumibako itself'),
  clock: pair('時計', 'Clock'),
  'store.health': pair('ディスクの空き', 'Room on the disk'),
}

/** How well the keys are kept, in words before the level that a specialist knows. */
export const levelNames: Readonly<Record<ProtectionLevel, Pair>> = {
  L0: pair('鍵は PIN だけで守る', 'keys under a PIN only'),
  L1: pair('鍵は OS の保管庫', 'keys in the system’s store'),
  L2: pair('鍵は端末の部品の中', 'keys in hardware'),
  L3: pair('鍵は証明つきの部品の中', 'keys in attested hardware'),
}
export const systemNames: Readonly<Record<System, string>> = { windows: 'Windows', macos: 'macOS', linux: 'Linux' }
/** Enough of a random id to tell machines of a town apart. */
export const shownIdLetters = 6
const joined = (language: RecordLanguage, names: readonly string[]): string => names.join(language === 'ja' ? '、' : ', ')

/** Which device: `端末 k3f9a2（Linux・鍵は OS の保管庫：L1）`. */
export function deviceWords(language: RecordLanguage, { id, statement }: Pick<ToldDevice, 'id' | 'statement'>): string {
  const short = id.slice(0, shownIdLetters)
  if (!statement) return language === 'ja' ? `端末 ${short}` : `Device ${short}`
  const system = systemNames[statement.system]
  const kept = levelNames[statement.level][language]
  return language === 'ja' ? `端末 ${short}（${system}・${kept}：${statement.level}）` : `Device ${short} (${system}, ${kept}: ${statement.level})`
}

/** In which state, by what the device said of itself: how many checks passed, and which did not. */
export function stateWords(language: RecordLanguage, { statement }: Pick<ToldDevice, 'statement'>): string {
  if (!statement) return language === 'ja' ? '端末の状態はわからない' : 'The state of the device is not known'
  const of = (verdict: CheckReading['verdict']): readonly string[] => statement.checks.filter((check) => check.verdict === verdict).map(({ id }) => checkNames[id][language])
  const [good, bad, unsure] = [of('pass'), of('fail'), of('unknown')]
  const listed = (names: readonly string[]): string => (names.length === 0 ? '' : language === 'ja' ? `（${joined(language, names)}）` : ` (${joined(language, names)})`)
  return language === 'ja'
    ? `端末の申告：よい ${good.length}、直すところ ${bad.length}${listed(bad)}、わからない ${unsure.length}${listed(unsure)}`
    : `The device says: ${good.length} in order, ${bad.length} not${listed(bad)}, ${unsure.length} not known${listed(unsure)}`
}

const reasonNames: Readonly<Record<string, Pair>> = {
  'check-failed': pair('満たしていない', 'not in order'),
  'check-unknown': pair('わからない', 'not known'),
  'check-old': pair('調べたのが前すぎる', 'looked at too long before'),
  'check-failed-grace': pair('直すまでの猶予のうち', 'within the days of grace'),
  'check-unknown-grace': pair('確かめるまでの猶予のうち', 'within the days of grace'),
  'check-old-grace': pair('調べ直すまでの猶予のうち', 'within the days of grace'),
  'check-excused': pair('管理者が猶予した', 'excused by administrators'),
  'level-too-low': pair('鍵の守りが足りない', 'keys not kept well enough'),
  'posture-unknown': pair('端末の状態がわからない', 'state of the device not known'),
}

/** What the town's rules said, with every reason; empty where they asked nothing. */
export function askedWords(language: RecordLanguage, { asked }: Pick<ToldDevice, 'asked'>): string {
  if (!asked) return ''
  const reasons = asked.reasons.map(({ code, facts }) => {
    const name = checkNames[facts?.['check'] as CheckId]?.[language]
    const said = reasonNames[code]?.[language] ?? code
    return name === undefined ? said : language === 'ja' ? `${name}は${said}` : `${name}: ${said}`
  })
  const met = asked.decision === 'allow' || asked.decision === 'notice'
  const words = language === 'ja' ? (met ? '町の決まりを満たしている' : '町の決まりを満たしていない') : met ? 'The town’s rules are met' : 'The town’s rules are not met'
  return reasons.length === 0 ? words : language === 'ja' ? `${words}（${joined(language, reasons)}）` : `${words} (${joined(language, reasons)})`
}

/** All of it in one line. */
export function toldWords(language: RecordLanguage, told: ToldDevice): string {
  return [deviceWords(language, told), stateWords(language, told), askedWords(language, told)].filter((one) => one !== '').join(language === 'ja' ? '。' : '. ')
}
