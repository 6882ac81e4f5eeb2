// A town that begins with nothing but its name and its first administrators, one or two: the rules (forms, decision table, retention
// schedule, number series, device policy) are taken over from a sample as a starting point, to be replaced by the town's own.

import type { Grant, Position, TownData } from './model.ts'

export interface FirstAdmin {
  readonly familyName: string
  readonly givenName: string
  readonly reading: string
  readonly positionTitle: string
}

export interface BlankTown {
  readonly townName: string
  /** `person-1`, `person-2` in this order. With one of them the workspace is a trial. */
  readonly admins: readonly [FirstAdmin, ...FirstAdmin[]]
  /** ISO civil date from which everything holds. */
  readonly date: string
  /** Of the grants: half a year later at most. */
  readonly reviewBy: string
}

export function blankTown(rules: TownData, { townName, admins, date, reviewBy }: BlankTown): TownData {
  const effective = { from: date, to: null }
  const first: Position = { id: 'position-1', title: admins[0].positionTitle, titleEn: admins[0].positionTitle, section: 'section-1', superior: null, mayDecide: true }
  const roles = [[null, 'admin'], ['collection-1', 'writer'], ['collection-1', 'approver'], ['collection-1', 'records']] as const
  return {
    town: { ...rules.town, name: townName, nameEn: townName },
    sections: [{ id: 'section-1', name: townName, nameEn: townName }],
    people: admins.map(({ familyName, givenName, reading }, i) => ({ id: `person-${i + 1}`, familyName, givenName, reading, employment: 'regular' })),
    positions: admins.map(({ positionTitle }, i) => ({ ...first, id: `position-${i + 1}`, title: positionTitle, titleEn: positionTitle })),
    appointments: admins.map((_, i) => ({ id: `appointment-${i + 1}`, person: `person-${i + 1}`, position: `position-${i + 1}`, kind: 'primary', ...effective })),
    collections: [{ id: 'collection-1', name: townName, nameEn: townName, section: 'section-1' }],
    grants: admins.flatMap((_, i) => roles.map(([collection, role], n): Grant => ({ id: `grant-${i * roles.length + n + 1}`, person: `person-${i + 1}`, collection, role, reason: 'founding', reviewBy, ...effective }))),
    series: seriesOf(rules, date),
    schedules: rules.schedules.map((s) => ({ ...s, from: s.from < date ? s.from : date })),
    decisionTables: rules.decisionTables.map((table) => ({
      ...table,
      from: table.from < date ? table.from : date,
      classes: table.classes.map((c) => ({ ...c, decider: { kind: 'position' as const, position: first.id } })),
      senderPosition: first.id,
      ...(table.proxies ? { proxies: { ...table.proxies, orders: [{ principal: first.id, acting: admins.slice(1).map((_, i) => `position-${i + 2}`) }] } } : {}),
    })),
    forms: rules.forms,
    policies: rules.policies,
    deviceRules: (rules.deviceRules ?? []).map((one) => ({ ...one, from: one.from < date ? one.from : date })),
    reviewRules: (rules.reviewRules ?? []).map((one) => ({ ...one, from: one.from < date ? one.from : date })),
  }
}

/** One series of each kind and count: a blank town has one section, which counts for itself where the sample's sections do. */
function seriesOf({ series }: TownData, date: string): TownData['series'] {
  const kinds = new Set(series.map(({ kind }) => kind))
  const firsts = [...kinds].flatMap((kind) => series.find((one) => one.kind === kind) ?? [])
  return firsts.map((one) => ({ ...one, section: one.section === null ? null : 'section-1', from: one.from < date ? one.from : date }))
}
