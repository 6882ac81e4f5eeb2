// Words of the printed sheet that are not data. The sheet is an official document of a Japanese town: it is printed in Japanese
// whatever language the screens speak.

import type { AuditLabels } from '@shared/archive/audit-report.ts'
import type { ReportLabels } from '@shared/archive/review-report.ts'
import type { PrintLabels } from '@shared/document/print-form.ts'

export const printLabels: PrintLabels = {
  sheet: '起案用紙',
  decision: '決裁欄',
  steps: { line: '回議', concurrence: '合議', decide: '決裁' },
  spare: '予備',
  groups: { identity: '文書', dates: '日付', who: '起案者', content: '内容', decision: '決裁', outgoing: '施行', filing: '保存', access: '公開' },
  attachments: '添付',
  attachmentColumns: { number: '番号', name: '名称', size: '大きさ', sha256: 'SHA-256' },
  bytes: 'バイト',
}

/** Behind a decision class that flags of the cover sheet raised. */
export function raisedRemark(chosen: string, flags: readonly string[]): string {
  return `「${flags.join('、')}」のため${chosen}から引上げ`
}

/** Stands above everything on a copy that goes out of a practice workspace. */
export const outgoingPractice = '練習用の文書です。公文書ではありません。'

/** Stands in grey on every page of a practice workspace. */
export const practiceWatermark = '練習'

/** Words of the report of a review (権限の点検). */
export const reportLabels: ReportLabels = {
  title: '権限の点検　報告書',
  quarter: (n) => `第${n}四半期`,
  facts: { period: '対象の期間', date: '作成した日', coverage: '点検の状況', left: '残っているもの', table: '一覧表（CSV）の SHA-256' },
  coverage: (due, reviewed) => `点検するもの ${due} 件のうち ${reviewed} 件を点検した（${due === 0 ? 100 : Math.floor((reviewed * 100) / due)}％）。`,
  left: (open, overdue, lapsed, unused, pairs) => `未点検 ${open} 件、期限切れ ${overdue} 件、失効 ${lapsed} 件、使われていないもの ${unused} 件、兼ねないほうがよい役割 ${pairs} 件`,
  signer: '点検の責任者',
  owners: { title: '点検する人と進み', who: '点検する人', due: '点検するもの', done: '済んだもの', nobody: 'だれもいない' },
  pairs: { title: '兼ねないほうがよい役割', none: '該当なし' },
  list: '権限の一覧',
  columns: { place: '文書', person: '人', role: '役割', reason: '与えた理由', from: '始まりの日', to: '終わりの日', reviewBy: '次の点検の日', lapsesOn: '失効する日', lastUsed: '最後に使った日', outcome: '点検の結果', overdue: '期限切れ', unused: '使われていない', pairs: '兼ねないほうがよい役割', owners: '点検する人', by: '点検した人', at: '点検した日', why: '点検の理由', id: '権限の名' },
  roles: { reader: '閲覧', writer: '起案', approver: '決裁', records: '文書の管理', owner: '管理責任', admin: '管理者' },
  outcomes: { open: '未点検', new: 'この四半期に付与', kept: '残した', reduced: '減らした', removed: '取り消した', void: '失効' },
  town: '役場の全体',
  one: (collection, title) => `${collection}のうち${title === null ? ' 1 件' : `「${title}」`}だけ`,
  only: (title) => `（${title === null ? '1 件' : `「${title}」`}だけ）`,
  yes: '該当',
  never: '使っていない',
  unseen: 'この端末では不明',
}

/** Words of an exported audit (監査証跡). */
export const auditLabels: AuditLabels = {
  title: '監査証跡',
  facts: { asked: '求めたもの', date: '作成した日', count: '件数', table: '一覧表（CSV）の SHA-256' },
  count: (rows) => `${rows} 件`,
  signer: '作成者',
  list: '一覧（新しい順）',
  more: (shown, rows) => `新しいほうから ${shown} 件を示す。全 ${rows} 件は一覧表（CSV）にある。`,
  columns: {
    number: '番号', when: '日時', what: 'したこと', about: '対象', place: '置き場', reason: '理由・意見', stateWords: '端末の状態', ruleWords: 'そのときの決まり', counts: '扱い', why: '扱いの理由',
    at: '時刻（UTC）', person: '人の符号', personName: '人', position: '職の符号', positionTitle: '職', type: '操作の符号', collection: '置き場の符号', document: '文書の符号', device: '端末の符号', state: '状態の符号', checks: '直すところの符号', rule: '決まりの符号', ruleFrom: '決まりの始まり', id: '記録の名',
  },
  heads: ['日時', 'だれが（職）', 'したこと・対象', '端末・状態・決まり', '扱い'],
}
