// A typed date to ISO. The reading of eras, widths and numerals is the domain's; this only trims and takes the day.

export function parseDateEntry(typed: string): string | null {
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(typed.trim().normalize('NFKC'))
  return match === null ? null : `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
}
