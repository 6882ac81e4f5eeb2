// Text into HTML: escaped, and with a boxed code in place of every character that no font can show.
// A name is never changed and no character is silently dropped.

export function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** How one cluster is set: by the fonts of its place, in the one family that has it, or as a boxed code because none has. */
export type Setting = 'plain' | 'boxed' | { readonly family: string }

/** Turns text into HTML by what a person sees as one character (with its variation selector or mark). */
export function textToHtml(settingOf: (cluster: string) => Setting): (text: string) => string {
  const known = new Map<string, string>()
  const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })
  const one = (cluster: string): string => {
    const made = known.get(cluster)
    if (made !== undefined) return made
    const html = /^\s+$/u.test(cluster) ? lineBreaks(cluster) : set(cluster, settingOf(cluster))
    known.set(cluster, html)
    return html
  }
  return (text) => {
    let html = ''
    for (const { segment } of segmenter.segment(text)) html += one(segment)
    return html
  }
}

function set(cluster: string, setting: Setting): string {
  if (setting === 'boxed') return boxedCode(cluster)
  return setting === 'plain' ? escapeHtml(cluster) : `<span style="font-family:${escapeHtml(`'${setting.family.replace(/[^\p{L}\p{N} -]/gu, '')}'`)}">${escapeHtml(cluster)}</span>`
}

function lineBreaks(space: string): string {
  return space.replace(/\r\n|\n|\r/g, '<br>')
}

function boxedCode(cluster: string): string {
  const codes = [...cluster].map((char) => (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0'))
  return `<span class="boxed-code">${codes.join('+')}</span>`
}
