// Search keys: everything that people type differently and mean the same is folded. Storage is never folded.
// It finds; it never decides that two names are the same person.

import { foldWidth } from '../base/fold.ts'

/**
 * The form of common use with the variants that are searched as it. NFKC already folds the
 * compatibility ideographs (U+FA19 …); these are characters of their own that names use side by side.
 */
const groups: readonly (readonly [common: string, variants: string])[] = [
  ['辺', '邉邊'], ['高', '髙'], ['崎', '\uFA11嵜碕'], ['吉', '\u{20BB7}'], ['橋', '\u{2363A}'], ['土', '\u{2123D}'], ['徳', '德'], ['浜', '濱濵'],
  ['柳', '栁'], ['桑', '桒'], ['欅', '\uFA14'], ['臈', '\uFA1F'], ['昇', '曻'], ['斎', '斉齋齊'], ['沢', '澤'], ['広', '廣'], ['国', '國'],
  ['島', '嶋嶌'], ['桜', '櫻'], ['竜', '龍'], ['滝', '瀧'], ['富', '冨'], ['真', '眞'], ['栄', '榮'], ['静', '靜'], ['恵', '惠'], ['関', '關'],
  ['学', '學'], ['会', '會'], ['円', '圓'], ['万', '萬'], ['与', '與'], ['寿', '壽'], ['条', '條'], ['鉄', '鐵'], ['黒', '黑'], ['緑', '綠'],
  ['清', '淸'], ['青', '靑'], ['礼', '禮'], ['塩', '鹽'], ['増', '增'], ['瀬', '瀨'], ['園', '薗'], ['館', '舘'], ['槙', '槇'], ['遥', '遙'],
  ['尭', '堯'], ['峰', '峯'], ['穂', '穗'], ['亀', '龜'], ['児', '兒'], ['県', '縣'], ['芦', '蘆'], ['蔵', '藏'], ['来', '來'], ['桧', '檜'],
  ['薮', '藪'], ['渕', '淵渊'], ['篭', '籠'], ['祇', '祗'], ['弥', '彌'], ['曽', '曾'], ['壮', '壯'], ['双', '雙'],
]

const variants: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([common, others]) => [...others].map((other): readonly [string, string] => [other, common])),
)

/**
 * The folded key of a text: NFKC, lower case, hiragana as katakana, variants as common forms, without variation selectors,
 * prolonged sounds and dashes as one character, without white space.
 */
export function foldKey(text: string): string {
  const narrow = foldWidth(text)
    .replace(/[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu, '')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/ー/g, '-')
    .replace(/\s+/g, '')
  let key = ''
  for (const char of narrow) key += variants.get(char) ?? char
  return key
}

/** Does the text hold every word of the query? Words are separated by white space of any width; an empty query matches. */
export function matches(query: string, text: string): boolean {
  const key = foldKey(text)
  return queryKeys(query).every((word) => key.includes(word))
}

/** The folded words of a query. */
export function queryKeys(query: string): readonly string[] {
  return query.split(/\s+/u).map(foldKey).filter((word) => word !== '')
}
