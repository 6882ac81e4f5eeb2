// Tables for spreadsheets (RFC 4180), written in one form and read in any.

/** CRLF, every field quoted, quotes doubled, and a byte order mark, by which spreadsheets tell UTF-8 from Shift_JIS. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((fields) => `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')}`
}

const separators = [',', ';', '\t'] as const

/**
 * Rows of fields as another program wrote them: quoted or not, between commas, semicolons or tabs, any ends of lines, with or without a byte order
 * mark. Blank lines are left out. Null where a quoted field never ends. It guesses no meaning.
 */
export function csvRows(text: string): readonly (readonly string[])[] | null {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const separator = separatorOf(source)
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let isQuoted = false
  const endField = (): void => {
    row.push(field)
    field = ''
  }
  const endRow = (): void => {
    endField()
    if (row.some((one) => one.trim() !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < source.length; at++) {
    const letter = source[at] as string
    if (isQuoted) {
      if (letter !== '"') field += letter
      else if (source[at + 1] === '"') field += source[++at] as string
      else isQuoted = false
    } else if (letter === '"' && field === '') isQuoted = true
    else if (letter === separator) endField()
    else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && source[at + 1] === '\n') at++
      endRow()
    } else field += letter
  }
  if (isQuoted) return null
  endRow()
  return rows
}

/** Whichever the first line has most of, outside quotes. */
function separatorOf(source: string): string {
  const [line = ''] = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(source) ?? []
  const counts = separators.map((one) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(one).length)
  return separators[counts.indexOf(Math.max(...counts))] as string
}
