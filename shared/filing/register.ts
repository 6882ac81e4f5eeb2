// 文書ファイル管理簿: one row of eleven columns for each volume (公文書管理法施行令11条1項), and its CSV, which says behind them which
// official numbers the volumes' documents have, where there are any.
// Column names are the ordinance's own words; dates stay ISO so that any program can read them.

import type { ClassNode, Position, RetentionClass } from '../authority/model.ts'
import { csvText } from '../base/csv.ts'
import type { RetentionSpan } from './retention.ts'
import type { VolumeState } from './volume.ts'

export const registerColumns = [
  { code: 'classification', label: '分類' },
  { code: 'title', label: '名称' },
  { code: 'retentionPeriod', label: '保存期間' },
  { code: 'retentionEnd', label: '保存期間の満了する日' },
  { code: 'disposition', label: '保存期間が満了したときの措置' },
  { code: 'location', label: '保存場所' },
  { code: 'creationFiscalYear', label: '作成・取得年度等' },
  { code: 'originalManager', label: '作成・取得時の文書管理者' },
  { code: 'retentionStart', label: '保存期間の起算日' },
  { code: 'medium', label: '媒体の種別' },
  { code: 'currentManager', label: '文書管理者' },
] as const

export type RegisterColumn = (typeof registerColumns)[number]['code']
/** Every column as text; empty where it is not known yet. Dates are ISO, the fiscal year a western year. */
export type RegisterRow = Readonly<Record<RegisterColumn | 'documentNumbers', string>>

/** The words of the rows, as the ordinance and its forms use them. */
const dispositions: Readonly<Record<RetentionClass['disposition'], string>> = { destroy: '廃棄', transfer: '移管', review: '満了前に選別' }
const media: Readonly<Record<VolumeState['medium'], string>> = { electronic: '電子', paper: '紙', mixed: '電子・紙' }

export interface RegisterSources {
  readonly volume: VolumeState
  readonly retention: RetentionClass
  /** Null while the volume is empty. */
  readonly span: RetentionSpan | null
  readonly nodes: readonly ClassNode[]
  readonly positions: readonly Position[]
  /** 文書番号 of its documents, as they are written. */
  readonly numbers: readonly string[]
}

export function registerRow({ volume, retention, span, nodes, positions, numbers }: RegisterSources): RegisterRow {
  const titleOf = (position: string): string => positions.find(({ id }) => id === position)?.title ?? position
  return {
    classification: classificationPath(volume.classification, nodes),
    title: volume.title,
    retentionPeriod: retention.label,
    retentionEnd: span?.end ?? '',
    disposition: dispositions[retention.disposition],
    location: volume.location,
    creationFiscalYear: String(volume.fiscalYear),
    originalManager: titleOf(volume.originalManager),
    retentionStart: span?.start ?? '',
    medium: media[volume.medium],
    currentManager: titleOf(volume.manager),
    documentNumbers: numbers.join('、'),
  }
}

/** `A-01-02 総務＞文書＞文書管理`; the code alone when the node is unknown. */
export function classificationPath(code: string, nodes: readonly ClassNode[]): string {
  const labels: string[] = []
  const seen = new Set<string>()
  for (let at: string | null = code; at !== null && !seen.has(at); ) {
    seen.add(at)
    const node: ClassNode | undefined = nodes.find((candidate) => candidate.code === at)
    if (node) labels.unshift(node.label)
    at = node?.parent ?? null
  }
  return labels.length > 0 ? `${code} ${labels.join('＞')}` : code
}

/** A twelfth column stands only where documents have numbers. */
export function registerCsv(rows: readonly RegisterRow[]): string {
  const isNumbered = rows.some(({ documentNumbers }) => documentNumbers !== '')
  const more = (field: string): readonly string[] => (isNumbered ? [field] : [])
  return csvText([[...registerColumns.map(({ label }) => label), ...more('文書番号')], ...rows.map((row) => [...registerColumns.map(({ code }) => row[code]), ...more(row.documentNumbers)])])
}
