// The people of 雪守町, a town that does not exist: sections, positions with their line, and who holds them since 2026-04-01.
// Data only. Characters that normalisation would change are written as escapes.

import type { Appointment, Person, Position, Section } from './model.ts'

export const sampleSections: readonly Section[] = [
  { id: 'executive', name: '町長部局', nameEn: 'Office of the Mayor' },
  { id: 'general-affairs', name: '総務課', nameEn: 'General Affairs' },
  { id: 'dx', name: 'デジタル変革戦略室', nameEn: 'Digital Transformation Office' },
  { id: 'construction', name: '建設課', nameEn: 'Construction' },
  { id: 'accounting', name: '会計室', nameEn: 'Accounting Office' },
  { id: 'council', name: '議会事務局', nameEn: 'Council Secretariat' },
  { id: 'assembly', name: '議会', nameEn: 'Town Council' },
]

type PersonRow = readonly [id: string, familyName: string, givenName: string, reading: string, employment: Person['employment']]

const people: readonly PersonRow[] = [
  ['takahashi', '\u9AD9橋', '修一', 'タカハシ シュウイチ', 'special'],
  ['watanabe', '渡\u9089', '直美', 'ワタナベ ナオミ', 'special'],
  ['sakita', '\uFA11田', '健', 'サキタ ケン', 'regular'],
  ['yoshida', '\u{20BB7}田', '恵子', 'ヨシダ ケイコ', 'regular'],
  ['kamio', '\uFA19尾', '翔太', 'カミオ ショウタ', 'regular'],
  ['katsuragi', '葛\u{E0100}城', 'さくら', 'カツラギ サクラ', 'regular'],
  ['sato', '佐藤', '一郎', 'サトウ イチロウ', 'regular'],
  ['tanaka', '田中', '美咲', 'タナカ ミサキ', 'regular'],
  ['aoki', '青木', '遥', 'アオキ ハルカ', 'part-time-special'],
  ['mori', '森', '大輔', 'モリ ダイスケ', 'seconded'],
  ['ono', '小野', '渉', 'オノ ワタル', 'contractor'],
  ['igarashi', '五十嵐', '稔', 'イガラシ ミノル', 'regular'],
  ['hoshi', '星', '由紀', 'ホシ ユキ', 'regular'],
  ['endo', '遠藤', '拓也', 'エンドウ タクヤ', 'regular'],
  ['nagamine', '長嶺', '和子', 'ナガミネ カズコ', 'regular'],
  ['kuwabara', '\u6852原', '亮', 'クワバラ リョウ', 'fiscal-year'],
  ['hamada', '\u6FF5田', '文江', 'ハマダ フミエ', 'regular'],
  ['suzuki', '鈴木', '茜', 'スズキ アカネ', 'regular'],
  ['yanagi', '\u6801', '勝', 'ヤナギ マサル', 'assembly'],
  ['kanno', '菅野', '春夫', 'カンノ ハルオ', 'assembly'],
]

export const samplePeople: readonly Person[] = people.map(([id, familyName, givenName, reading, employment]) => ({
  id, familyName, givenName, reading, employment,
}))

type PositionRow = readonly [id: string, title: string, titleEn: string, section: string, superior: string | null, mayDecide: boolean]

const positions: readonly PositionRow[] = [
  ['mayor', '町長', 'Mayor', 'executive', null, true],
  ['vice-mayor', '副町長', 'Vice-Mayor', 'executive', 'mayor', true],
  ['cdo', '最高デジタル責任者', 'Chief Digital Officer', 'executive', 'vice-mayor', false],
  ['general-affairs-manager', '総務課長', 'Manager, General Affairs', 'general-affairs', 'vice-mayor', true],
  ['general-affairs-chief', '総務係長', 'Chief, General Affairs', 'general-affairs', 'general-affairs-manager', false],
  ['general-affairs-clerk', '総務課主査', 'Senior Clerk, General Affairs', 'general-affairs', 'general-affairs-chief', false],
  ['finance-manager', '財政担当課長', 'Manager, Finance', 'general-affairs', 'general-affairs-manager', false],
  ['dx-head', 'デジタル変革戦略室長', 'Head, Digital Transformation', 'dx', 'cdo', true],
  ['dx-clerk', 'デジタル変革戦略室主査', 'Senior Clerk, Digital Transformation', 'dx', 'dx-head', false],
  ['cdo-adviser', 'CDO補佐官', 'Adviser to the CDO', 'dx', 'dx-head', false],
  ['dx-secondee', '地域活性化起業人', 'Seconded Specialist', 'dx', 'dx-head', false],
  ['dx-contractor', '業務受託者', 'Contractor', 'dx', 'dx-head', false],
  ['construction-manager', '建設課長', 'Manager, Construction', 'construction', 'vice-mayor', true],
  ['construction-chief', '管理係長', 'Chief, Construction', 'construction', 'construction-manager', false],
  ['construction-clerk', '建設課主査', 'Senior Clerk, Construction', 'construction', 'construction-chief', false],
  ['treasurer', '会計管理者', 'Treasurer', 'accounting', 'vice-mayor', true],
  ['accounting-clerk', '会計室主事', 'Clerk, Accounting', 'accounting', 'treasurer', false],
  ['council-head', '議会事務局長', 'Head, Council Secretariat', 'council', 'council-chair', true],
  ['council-clerk', '議会事務局書記', 'Clerk, Council Secretariat', 'council', 'council-head', false],
  ['council-chair', '議長', 'Chair of the Council', 'assembly', null, true],
  ['council-member', '議員', 'Council Member', 'assembly', 'council-chair', false],
]

export const samplePositions: readonly Position[] = positions.map(([id, title, titleEn, section, superior, mayDecide]) => ({
  id, title, titleEn, section, superior, mayDecide,
}))

type AppointmentRow = readonly [person: string, position: string, kind: Appointment['kind']]

const appointments: readonly AppointmentRow[] = [
  ['takahashi', 'mayor', 'primary'],
  ['watanabe', 'vice-mayor', 'primary'],
  ['watanabe', 'cdo', 'concurrent'],
  ['sakita', 'general-affairs-manager', 'primary'],
  ['yoshida', 'general-affairs-chief', 'primary'],
  ['kamio', 'general-affairs-clerk', 'primary'],
  ['katsuragi', 'finance-manager', 'primary'],
  ['sato', 'dx-head', 'primary'],
  ['tanaka', 'dx-clerk', 'primary'],
  ['aoki', 'cdo-adviser', 'primary'],
  ['mori', 'dx-secondee', 'seconded'],
  ['ono', 'dx-contractor', 'primary'],
  ['igarashi', 'construction-manager', 'primary'],
  ['hoshi', 'construction-chief', 'primary'],
  ['endo', 'construction-clerk', 'primary'],
  ['nagamine', 'treasurer', 'primary'],
  ['kuwabara', 'accounting-clerk', 'primary'],
  ['hamada', 'council-head', 'primary'],
  ['suzuki', 'council-clerk', 'primary'],
  ['yanagi', 'council-chair', 'primary'],
  ['kanno', 'council-member', 'primary'],
]

export const sampleAppointments: readonly Appointment[] = appointments.map(([person, position, kind]) => ({
  id: `${person}-${position}`, person, position, kind, from: '2026-04-01', to: null,
}))
