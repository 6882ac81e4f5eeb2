// PC-15 av.ok: does something look for malware, and does it know what is new?

import { type Context, fail, type Finding, judgeText, jsonObject, pass, textOf, type Told, unclear, unknown, unread } from './heard.ts'
import { daysMs } from './rules.ts'

const states = /^(active|inactive|failed|activating|deactivating|reloading|maintenance|unknown|not-found)$/

/** `systemctl is-active` of the scanners the rules name, one word for each; `clam-signatures`: the head of ClamAV's daily file. */
export function linuxScanner(told: Told, { rules, now }: Context): Finding {
  return judgeText(told, 'self', 'guards', (text) => {
    const said = text.trim().split('\n')
    if (said.length !== rules.linuxGuards.length || said.some((state) => !states.test(state))) return unclear('self')
    const running = rules.linuxGuards.filter((_, at) => said[at] === 'active')
    if (running.length === 0) return fail('self', 'av-off')
    if (running.some(({ signatures }) => signatures === 'own')) return pass('self')
    return judgeText(told, 'self', 'clam-signatures', (head) => {
      const made = clamDate(head)
      return made === null || made > now + daysMs(1) ? unclear('self') : now - made > daysMs(rules.signatureDays) ? fail('self', 'av-stale') : pass('self')
    })
  })
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `ClamAV-VDB:16 Nov 2026 04-26 -0500:27823:…`: the date is the second field. */
function clamDate(head: string): number | null {
  const [, day = '', month = '', year = '', hour = '', minute = '', sign = '', offH = '', offM = ''] = /^ClamAV-VDB:(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2})-(\d{2}) ([+-])(\d{2})(\d{2}):\d+:/.exec(head) ?? []
  const at = months.indexOf(month)
  if (at < 0) return null
  const offset = (Number(offH) * 60 + Number(offM)) * (sign === '-' ? -1 : 1)
  const made = Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute) - offset)
  return Number.isFinite(made) ? made : null
}

/** `Get-MpComputerStatus` as JSON. Where another scanner took over, Defender is passive and says nothing of it. */
export function windowsScanner(told: Told, { rules }: Context): Finding {
  return judgeText(told, 'self', 'defender', (text) => {
    const status = jsonObject(text)
    const [mode, age] = [status?.['AMRunningMode'], status?.['AntivirusSignatureAge']]
    if (!status || typeof mode !== 'string' || typeof age !== 'number' || !Number.isInteger(age) || age < 0) return unclear('self')
    if (/passive/i.test(mode)) return unknown('self', 'av-other')
    if (status['AntivirusEnabled'] !== true || status['RealTimeProtectionEnabled'] !== true) return fail('self', 'av-off')
    if (mode !== 'Normal') return unclear('self')
    // 65535 says that there never were any.
    return age > rules.signatureDays ? fail('self', 'av-stale') : pass('self')
  })
}

/** `systemextensionsctl list` for the scanners the rules name; otherwise the age of XProtect's own data (`made <ms>`). */
export function macosScanner(told: Told, { rules, now }: Context): Finding {
  const extensions = textOf(told, 'extensions')
  const lines = (extensions ?? '').split('\n').map((line) => line.split('\t').map((cell) => cell.trim()))
  const named = lines.filter((cells) => rules.macosGuards.includes(cells[2] ?? ''))
  if (named.some((cells) => cells.at(-1) === '[activated enabled]')) return pass('self')
  if (named.length > 0) return fail('self', 'av-off')
  const made = /^made (\d{12,14})$/.exec(textOf(told, 'xprotect') ?? '')?.[1]
  if (made === undefined) return unread(told, 'self', 'xprotect')
  if (Number(made) > now + daysMs(1)) return unclear('self')
  return now - Number(made) > daysMs(rules.builtInDays) ? fail('self', 'av-stale') : pass('self')
}
