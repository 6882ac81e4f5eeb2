// Dates as PDF and XMP write them (ISO 32000-1 7.9.4, XMP 2004 date), from and to ISO 8601. Always UTC, whole seconds.

/** `D:YYYYMMDDHHmmSSZ`. Throws on what is no instant. */
export function pdfDate(iso: string): string {
  return `D:${new Date(iso).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
}

/** `YYYY-MM-DDTHH:mm:ssZ`. */
export function xmpDate(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19)}Z`
}

/** ISO 8601 in UTC; null when the text is not a full PDF date with a zone. */
export function pdfDateToIso(text: string): string | null {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?'?)(?:00'?00'?)?$/.exec(text)
  if (!match) return null
  const [, y, mo, d, h, mi, s, sign, zoneHours = '00', zoneMinutes = '00'] = match
  const ms = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}.000${sign === undefined ? 'Z' : `${sign}${zoneHours}:${zoneMinutes}`}`)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
