// Official numbers of items from their levels: 第1 → 1 → (1) → ア → (ア) → a → (a) (公文用作成の要領). Pure; 記 begins a new count.

export interface NumberedBlock {
  readonly type: string
  readonly level: number
}

const kana = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン'

/** One number for each item, null for every other block. An item at a level ends the counts of all deeper levels. */
export function numberItems(blocks: readonly NumberedBlock[]): readonly (string | null)[] {
  const counts: number[] = []
  return blocks.map((block) => {
    if (block.type === 'ki') counts.length = 0
    if (block.type !== 'item') return null
    const count = (counts[block.level] ?? 0) + 1
    counts.length = block.level + 1
    counts[block.level] = count
    return formatNumber(block.level, count)
  })
}

function formatNumber(level: number, count: number): string {
  if (level === 0) return `第${count}`
  if (level === 1) return String(count)
  if (level === 2) return `(${count})`
  const sign = level <= 4 ? inSeries(kana, count) : inSeries('abcdefghijklmnopqrstuvwxyz', count)
  return level === 3 || level === 5 ? sign : `(${sign})`
}

/** After the last sign of a series the signs are doubled: ン, アア, アイ … */
function inSeries(series: string, count: number): string {
  const index = count - 1
  const sign = series[index % series.length] ?? ''
  return index < series.length ? sign : inSeries(series, Math.floor(index / series.length)) + sign
}
