// Dates and times as people read them: 和暦 in Japanese, the civil calendar in English, instants in Japan's time.
// Storage stays ISO; nothing here is ever stored.

import type { Language } from './translate.ts'

const zone = 'Asia/Tokyo'

/** An ISO civil date (YYYY-MM-DD) as 令和8年4月1日 or 1 April 2026; the text itself where it is no date. */
export function formatDate(language: Language, iso: string): string {
  const at = Date.parse(`${iso.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(at)) return iso
  return dateFormat(language, 'UTC').format(at)
}

/** An ISO instant as 令和8年4月1日 13時05分 or 1 April 2026, 13:05, in Japan's time. */
export function formatInstant(language: Language, iso: string): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return iso
  const clock = formatTime(iso)
  const date = dateFormat(language, zone).format(at)
  return language === 'ja' ? `${date} ${clock.replace(':', '時')}分` : `${date}, ${clock}`
}

/** An ISO instant as 13:05, in Japan's time. */
export function formatTime(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at)
}

/** A fiscal year as 令和8年度 or FY2026. Named by the era on the last day of its year, as printed registers do (令和元年度). */
export function formatFiscalYear(language: Language, year: number): string {
  if (language === 'en') return `FY${year}`
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, 11, 31))
  return `${era}度`
}

/** Bytes in words: 340 KB. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

function dateFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return language === 'ja'
    ? new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone })
    : new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', day: 'numeric', timeZone })
}
