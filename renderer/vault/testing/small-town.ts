// A town for tests, as data: a clerk who drafts, a manager and a mayor who decide, a colleague of another section who may read nothing.

import type { Grant, TownData } from '@shared/authority/model.ts'

const effective = { from: '2020-01-01', to: null } as const
const grant = (person: string, role: Grant['role'], collection: string | null = 'c1'): Grant => ({ id: `${person}-${role}-${collection ?? 'zero'}`, person, collection, role, reason: 'test', reviewBy: '2100-01-01', ...effective })
const person = (id: string, familyName: string) => ({ id, familyName, givenName: '太郎', reading: 'タロウ', employment: 'regular' as const })

export const smallTown: TownData = {
  town: { name: '小町', nameEn: 'Komachi', mayorTitle: '小町長', code: '000000' },
  sections: [{ id: 'general', name: '総務課', nameEn: 'General' }, { id: 'works', name: '建設課', nameEn: 'Works' }],
  people: [person('clerk', '係員'), person('manager', '課長'), person('mayor', '町長'), person('other', '他課')],
  positions: [
    { id: 'p-clerk', title: '総務課主事', titleEn: 'Clerk', section: 'general', superior: 'p-manager', mayDecide: false },
    { id: 'p-manager', title: '総務課長', titleEn: 'Manager', section: 'general', superior: 'p-mayor', mayDecide: true },
    { id: 'p-mayor', title: '町長', titleEn: 'Mayor', section: 'general', superior: null, mayDecide: true },
    { id: 'p-other', title: '建設課主事', titleEn: 'Clerk', section: 'works', superior: 'p-mayor', mayDecide: false },
  ],
  appointments: ['clerk', 'manager', 'mayor', 'other'].map((id) => ({ id: `a-${id}`, person: id, position: `p-${id}`, kind: 'primary', ...effective })),
  collections: [{ id: 'c1', name: '総務課の文書', nameEn: 'General', section: 'general' }, { id: 'c2', name: '建設課の文書', nameEn: 'Works', section: 'works' }],
  grants: [
    grant('clerk', 'writer'), grant('clerk', 'records'), grant('clerk', 'admin', null), grant('manager', 'approver'), grant('manager', 'writer'), grant('mayor', 'approver'), grant('other', 'writer', 'c2'),
  ],
  series: [],
  schedules: [
    {
      id: 'schedule',
      title: '文書分類表',
      eventBasis: 'completion',
      classes: [{ id: '5', label: '5年', labelEn: '5 years', years: 5, rule: 'fiscal', disposition: 'destroy' }],
      nodes: [
        { code: '1', label: '総務', level: 1, parent: null, retention: null },
        { code: '1-1', label: '庶務', level: 2, parent: '1', retention: null },
        { code: '1-1-1', label: '会議', level: 3, parent: '1-1', retention: '5' },
      ],
      ...effective,
    },
  ],
  decisionTables: [
    {
      id: 'table',
      title: '事務決裁規程',
      classes: [{ code: 'hei', label: '丙', labelEn: 'C', decider: { kind: 'line', rank: 'manager' }, basis: '第6条' }, { code: 'ko', label: '甲', labelEn: 'A', decider: { kind: 'position', position: 'p-mayor' }, basis: '第4条' }],
      escalatingFlags: ['important'],
      concurrenceMode: 'consent',
      mergeSamePerson: false,
      senderPosition: 'p-mayor',
      ...effective,
    },
  ],
  forms: [
    {
      id: 't1',
      code: 'T1',
      title: '起案文書',
      titleEn: 'Draft',
      fields: [{ id: 'title', group: 'content', kind: 'text', label: '件名', labelEn: 'Title', required: true, missing: { ja: '件名を入力してください。', en: 'Enter the title.' }, printed: true }],
      defaultClass: 'hei',
      defaultRetention: '5',
      ...effective,
    },
  ],
  policies: [{ id: 'policy', kind: 'trial', title: '試行', consentFor: ['decision.approve', 'decision.return', 'decision.refuse', 'document.withdraw', 'document.export'], sessionHours: 12, idleLockMinutes: 10, ...effective }],
}
