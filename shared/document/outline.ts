// Official numbers of items (公用文の項目番号): 第1 → 1 → (1) → ア → (ア) → a → (a), computed from order and level, never stored.

export interface NumberedBlock {
  readonly type: string
  readonly attrs?: unknown
}

export interface OutlineEntry {
  /** Index of the block in the body. */
  readonly block: number
  readonly level: number
  readonly number: string
}

const kana = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン'
const letters = 'abcdefghijklmnopqrstuvwxyz'

/** One number for each block that is an item, null for all others. An item ends the counts below it; 記 begins a new count. */
export function numbersOf(blocks: readonly NumberedBlock[]): readonly (string | null)[] {
  const counts = [0, 0, 0, 0, 0, 0, 0]
  return blocks.map((block) => {
    if (block.type === 'ki') counts.fill(0)
    if (block.type !== 'item') return null
    const level = levelOf(block)
    counts[level] = (counts[level] ?? 0) + 1
    counts.fill(0, level + 1)
    return itemNumber(level, counts[level] as number)
  })
}

/** The items of a body with level and number, for an outline. */
export function outlineOf(blocks: readonly NumberedBlock[]): readonly OutlineEntry[] {
  return numbersOf(blocks).flatMap((number, block) => (number === null ? [] : [{ block, level: levelOf(blocks[block] as NumberedBlock), number }]))
}

/** `level` 0 to 6, `count` from 1. After ン and z the signs are doubled (アア, アイ …). */
export function itemNumber(level: number, count: number): string {
  switch (level) {
    case 0:
      return `第${count}`
    case 1:
      return String(count)
    case 2:
      return `(${count})`
    case 3:
      return inSeries(kana, count)
    case 4:
      return `(${inSeries(kana, count)})`
    case 5:
      return inSeries(letters, count)
    default:
      return `(${inSeries(letters, count)})`
  }
}

function inSeries(series: string, count: number): string {
  const index = count - 1
  const sign = series[index % series.length] as string
  return index < series.length ? sign : inSeries(series, Math.floor(index / series.length)) + sign
}

function levelOf(block: NumberedBlock): number {
  const level = (block.attrs as { readonly level?: unknown } | undefined)?.level
  return typeof level === 'number' && level >= 0 && level <= 6 ? Math.trunc(level) : 0
}
