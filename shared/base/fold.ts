// Full and half width as one: for reading what people type (dates, numbers) and as the first step of search keys.
// Never applied to what is stored.

/** NFKC, which also makes ㋿ 令和, ｱ ア and １ 1; dashes and wave dashes of every kind become - and ~. */
export function foldWidth(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u2500\uFE63\uFF0D]/g, '-')
    .replace(/[\u301C\u223C\uFF5E]/g, '~')
}

const kanjiDigits = '〇一二三四五六七八九'

/**
 * A number in kanji, positional (二〇二六) or with units up to 千 (二十六, 百三); 元 is 1 and 零 is 0. Null when it is none.
 */
export function parseKanjiNumber(text: string): number | null {
  if (text === '元') return 1
  const clean = text.replaceAll('零', '〇').replaceAll('廿', '二十')
  if (clean === '' || /[^〇一二三四五六七八九十百千]/.test(clean)) return null
  if (!/[十百千]/.test(clean)) return Number([...clean].map((digit) => kanjiDigits.indexOf(digit)).join(''))
  const match = /^(?:([一二三四五六七八九])?(千))?(?:([一二三四五六七八九])?(百))?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(clean)
  if (!match) return null
  const unit = (digit: string | undefined, mark: string | undefined, worth: number): number => (mark ? (digit ? kanjiDigits.indexOf(digit) : 1) * worth : 0)
  return unit(match[1], match[2], 1000) + unit(match[3], match[4], 100) + unit(match[5], match[6], 10) + (match[7] ? kanjiDigits.indexOf(match[7]) : 0)
}
