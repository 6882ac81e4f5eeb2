// Who may see and do what, the decision table, number series and the device policy of the sample town. Data only.

import type { Collection, DecisionTable, DevicePolicy, Grant, NumberSeries, ReviewRules, Role } from './model.ts'
import { samplePeople } from './sample-town-people.ts'

export const sampleCollections: readonly Collection[] = [
  { id: 'c-general-affairs', name: '総務課の文書', nameEn: 'General Affairs', section: 'general-affairs' },
  { id: 'c-dx', name: 'デジタル変革戦略室の文書', nameEn: 'Digital Transformation Office', section: 'dx' },
  { id: 'c-construction', name: '建設課の文書', nameEn: 'Construction', section: 'construction' },
  { id: 'c-accounting', name: '会計室の文書', nameEn: 'Accounting Office', section: 'accounting' },
  { id: 'c-council', name: '議会の文書', nameEn: 'Town Council', section: 'council' },
]

const effective = { from: '2026-04-01', to: null } as const
const townHall = ['c-general-affairs', 'c-dx', 'c-construction', 'c-accounting']

/** The executive and those consulted on money and wording see every collection but the council's, which is its own authority. */
const roles: readonly (readonly [person: string, role: Role, collections: readonly string[]])[] = [
  ['takahashi', 'approver', townHall],
  ['watanabe', 'approver', townHall],
  ['sakita', 'approver', townHall],
  ['katsuragi', 'approver', townHall],
  ['sakita', 'writer', ['c-general-affairs']],
  ['katsuragi', 'writer', ['c-general-affairs']],
  ['yoshida', 'approver', ['c-general-affairs']],
  ['yoshida', 'writer', ['c-general-affairs']],
  ['yoshida', 'records', townHall],
  ['kamio', 'writer', ['c-general-affairs']],
  ['kamio', 'records', ['c-general-affairs']],
  ['sato', 'approver', ['c-dx']],
  ['sato', 'writer', ['c-dx']],
  ['tanaka', 'writer', ['c-dx']],
  ['tanaka', 'records', ['c-dx']],
  ['aoki', 'writer', ['c-dx']],
  ['mori', 'writer', ['c-dx']],
  ['ono', 'writer', ['c-dx']],
  ['igarashi', 'approver', ['c-construction']],
  ['igarashi', 'writer', ['c-construction']],
  ['hoshi', 'approver', ['c-construction']],
  ['hoshi', 'writer', ['c-construction']],
  ['hoshi', 'records', ['c-construction']],
  ['endo', 'writer', ['c-construction']],
  ['nagamine', 'approver', ['c-accounting', 'c-general-affairs', 'c-dx', 'c-construction']],
  ['nagamine', 'writer', ['c-accounting']],
  ['kuwabara', 'writer', ['c-accounting']],
  ['kuwabara', 'records', ['c-accounting']],
  ['hamada', 'approver', ['c-council']],
  ['hamada', 'writer', ['c-council']],
  ['hamada', 'owner', ['c-council']],
  ['suzuki', 'writer', ['c-council']],
  ['suzuki', 'records', ['c-council']],
  ['yanagi', 'approver', ['c-council']],
]

export const sampleGrants: readonly Grant[] = [
  ...samplePeople.map(({ id }): Grant => ({
    id: `${id}-zero`, person: id, collection: null, role: 'reader', reason: '職員名簿と規程の閲覧', reviewBy: '2027-03-31', ...effective,
  })),
  { id: 'sakita-admin', person: 'sakita', collection: null, role: 'admin', reason: '総括文書管理者', reviewBy: '2027-03-31', ...effective },
  { id: 'sato-admin', person: 'sato', collection: null, role: 'admin', reason: '情報システム管理者', reviewBy: '2027-03-31', ...effective },
  ...roles.flatMap(([person, role, collections]) => collections.map((collection): Grant => ({
    id: `${person}-${role}-${collection}`, person, collection, role,
    reason: person === 'ono' ? '業務委託契約による（責任職員: 田中）' : '職務による',
    reviewBy: person === 'ono' ? '2026-12-31' : '2027-03-31', ...effective,
  }))),
]

/** Who drafts does not decide the same; who gives rights does not keep the records that would show it. */
export const sampleReviewRules: readonly ReviewRules[] = [
  {
    id: 'review-rules-1',
    days: { usual: 183, close: 92 },
    unusedDays: 90,
    pairs: [
      { id: 'draft-and-decide', roles: ['writer', 'approver'], within: 'collection', reason: '起案する人が、その文書を決裁できます。', reasonEn: 'Whoever drafts a document can also decide it.' },
      { id: 'rights-and-records', roles: ['admin', 'records'], within: 'town', reason: '権限を与える人が、記録の管理もしています。', reasonEn: 'Whoever gives rights also keeps the records.' },
    ],
    ...effective,
  },
]

export const sampleDecisionTables: readonly DecisionTable[] = [
  {
    id: 'decision-2026',
    title: '雪守町事務決裁規程（令和8年度）',
    classes: [
      { code: 'hei', label: '丙', labelEn: 'C (section manager)', decider: { kind: 'line', rank: 'manager' }, basis: '雪守町事務決裁規程第6条（課長・室長専決）' },
      { code: 'otsu', label: '乙', labelEn: 'B (vice-mayor)', decider: { kind: 'position', position: 'vice-mayor' }, basis: '雪守町事務決裁規程第5条（副町長専決）' },
      { code: 'ko', label: '甲', labelEn: 'A (mayor)', decider: { kind: 'position', position: 'mayor' }, basis: '雪守町事務決裁規程第4条（町長決裁）' },
    ],
    escalatingFlags: ['special-instruction', 'important', 'exceptional', 'precedent', 'contested', 'council', 'own-interest'],
    concurrenceMode: 'consent',
    concurrenceOrder: 'side-by-side',
    mergeSamePerson: false,
    senderPosition: 'mayor',
    proxies: {
      orders: [
        { principal: 'mayor', acting: ['vice-mayor', 'general-affairs-manager'] },
        { principal: 'vice-mayor', acting: ['general-affairs-manager'] },
        { principal: 'general-affairs-manager', acting: ['finance-manager', 'general-affairs-chief'] },
        { principal: 'construction-manager', acting: ['construction-chief'] },
      ],
      notWith: ['important', 'exceptional', 'contested'],
      longestDays: 31,
      passesAway: true,
    },
    ...effective,
  },
]

const yearly = '{year}{symbol}第{n}号'
const dated = '{era}{year}年{symbol}第{n}号'
const rows: readonly (readonly [id: string, kind: NumberSeries['kind'], symbol: string, periodKind: NumberSeries['periodKind'], section: string | null])[] = [
  ['incoming', 'incoming', '雪総収', 'fiscalYear', null],
  ['outgoing-general-affairs', 'outgoing', '雪総', 'fiscalYear', 'general-affairs'],
  ['outgoing-dx', 'outgoing', '雪デ', 'fiscalYear', 'dx'],
  ['outgoing-construction', 'outgoing', '雪建', 'fiscalYear', 'construction'],
  ['outgoing-accounting', 'outgoing', '雪会', 'fiscalYear', 'accounting'],
  ['outgoing-council', 'outgoing', '雪議', 'fiscalYear', 'council'],
  ['decision', 'decision', '雪決', 'fiscalYear', null],
  ['ordinance', 'ordinance', '雪守町条例', 'calendarYear', null],
  ['regulation', 'regulation', '雪守町規則', 'calendarYear', null],
  ['order', 'order', '雪守町訓令', 'calendarYear', null],
  ['notice', 'notice', '雪守町告示', 'calendarYear', null],
  ['bill', 'bill', '議案', 'calendarYear', null],
]

export const sampleSeries: readonly NumberSeries[] = rows.map(([id, kind, symbol, periodKind, section]) => ({
  id: `series-${id}`, kind, symbol, periodKind, section, pattern: periodKind === 'fiscalYear' ? yearly : dated, blockSize: 10, ...effective,
}))

export const samplePolicies: readonly DevicePolicy[] = [
  {
    id: 'policy-trial',
    kind: 'trial',
    title: '試行（端末の状態とサインインを求めません）',
    consentFor: [
      'decision.approve', 'decision.return', 'decision.refuse', 'document.withdraw', 'document.export', 'document.print',
      'grant.*', 'seat.*', 'device.*', 'person.*', 'section.*', 'position.*', 'appointment.*', 'collection.*', 'epoch.*',
      'town.*', 'series.*', 'schedule.*', 'decision-table.*', 'form.*', 'policy.*', 'vote.*', 'idp.put', 'identity.bind', 'identity.release',
      'number.registrar', 'number.takeover', 'number.agree', 'number.withdraw', 'number.block', 'number.void', 'number.return',
    ],
    withheld: [{ employment: 'contractor', acts: ['document.export', 'document.print'] }],
    sessionHours: 12,
    idleLockMinutes: 10,
    recoveryHours: 72,
    silentHours: 24,
    witnessHours: 24,
    ...effective,
  },
]
