// 保存期間表 and 分類表 of the sample town as of 2026-04-01. Data only; a record keeps the version under which it was filed.

import type { ClassNode, RetentionClass, RetentionSchedule } from './model.ts'

const classes: readonly RetentionClass[] = [
  { id: 'permanent', label: '永年', labelEn: 'Permanent', years: null, rule: 'permanent', disposition: 'review' },
  { id: 'y30', label: '30年', labelEn: '30 years', years: 30, rule: 'fiscal', disposition: 'transfer' },
  { id: 'y10', label: '10年', labelEn: '10 years', years: 10, rule: 'fiscal', disposition: 'review' },
  { id: 'y5', label: '5年', labelEn: '5 years', years: 5, rule: 'fiscal', disposition: 'destroy' },
  { id: 'y3', label: '3年', labelEn: '3 years', years: 3, rule: 'fiscal', disposition: 'destroy' },
  { id: 'y1', label: '1年', labelEn: '1 year', years: 1, rule: 'fiscal', disposition: 'destroy' },
  { id: 'continuous', label: '常用', labelEn: 'In continuous use', years: null, rule: 'continuous', disposition: 'review' },
]

/** 大分類 / 中分類 / 小分類 with the retention of files under the last. */
const tree: readonly (readonly [code: string, label: string, retention: string | null])[] = [
  ['A', '総務', null],
  ['A-01', '文書', null],
  ['A-01-01', '例規', 'permanent'],
  ['A-01-02', '文書管理', 'y5'],
  ['A-01-03', '照会・回答', 'y3'],
  ['A-01-04', '庶務・通知', 'y1'],
  ['A-02', '人事', null],
  ['A-02-01', '任免・人事記録', 'permanent'],
  ['A-02-02', '服務・研修', 'y3'],
  ['A-03', '広報・広聴', null],
  ['A-03-01', '広報紙', 'y10'],
  ['A-03-02', '住民の意見', 'y5'],
  ['B', '財政', null],
  ['B-01', '予算・決算', null],
  ['B-01-01', '予算編成', 'y10'],
  ['B-01-02', '決算', 'y30'],
  ['B-02', '契約', null],
  ['B-02-01', '契約・支出負担行為', 'y5'],
  ['B-03', '会計', null],
  ['B-03-01', '出納・支払', 'y10'],
  ['C', 'デジタル', null],
  ['C-01', '情報政策', null],
  ['C-01-01', '計画・事業', 'y5'],
  ['C-01-02', '情報システム台帳', 'continuous'],
  ['C-01-03', '情報セキュリティ', 'y5'],
  ['D', '建設', null],
  ['D-01', '道路・河川', null],
  ['D-01-01', '道路台帳', 'continuous'],
  ['D-01-02', '工事', 'y10'],
  ['D-01-03', '占用許可', 'y5'],
  ['D-02', '災害', null],
  ['D-02-01', '災害復旧', 'y30'],
  ['E', '議会', null],
  ['E-01', '会議', null],
  ['E-01-01', '会議録', 'permanent'],
  ['E-01-02', '議案', 'permanent'],
  ['E-01-03', '議会庶務', 'y3'],
]

const nodes: readonly ClassNode[] = tree.map(([code, label, retention]) => {
  const parts = code.split('-')
  return { code, label, level: parts.length as ClassNode['level'], parent: parts.length > 1 ? parts.slice(0, -1).join('-') : null, retention }
})

export const sampleSchedules: readonly RetentionSchedule[] = [
  { id: 'schedule-2026', title: '雪守町文書分類・保存期間表（令和8年度）', classes, nodes, eventBasis: 'completion', from: '2026-04-01', to: null },
]
