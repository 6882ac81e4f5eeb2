// A town that begins with nothing but its name and one administrator: the rules (forms, decision table, retention schedule, number
// series, device policy) are taken over from a sample as a starting point, to be replaced by the town's own.

import type { Position, TownData } from './model.ts'

export interface FirstAdmin {
  readonly familyName: string
  readonly givenName: string
  readonly reading: string
  readonly positionTitle: string
}

/** `date`: ISO civil date from which everything holds. `reviewBy` of the grants is half a year later at most. */
export function blankTown(rules: TownData, townName: string, admin: FirstAdmin, date: string, reviewBy: string): TownData {
  const position: Position = { id: 'position-1', title: admin.positionTitle, titleEn: admin.positionTitle, section: 'section-1', superior: null, mayDecide: true }
  const effective = { from: date, to: null }
  const grant = { person: 'person-1', reason: 'founding', reviewBy, ...effective }
  return {
    town: { ...rules.town, name: townName, nameEn: townName },
    sections: [{ id: 'section-1', name: townName, nameEn: townName }],
    people: [{ id: 'person-1', familyName: admin.familyName, givenName: admin.givenName, reading: admin.reading, employment: 'regular' }],
    positions: [position],
    appointments: [{ id: 'appointment-1', person: 'person-1', position: position.id, kind: 'primary', ...effective }],
    collections: [{ id: 'collection-1', name: townName, nameEn: townName, section: 'section-1' }],
    grants: [
      { id: 'grant-1', collection: null, role: 'admin', ...grant },
      ...(['writer', 'approver', 'records'] as const).map((role, i) => ({ id: `grant-${i + 2}`, collection: 'collection-1', role, ...grant })),
    ],
    series: rules.series,
    schedules: rules.schedules.map((s) => ({ ...s, from: s.from < date ? s.from : date })),
    decisionTables: rules.decisionTables.map((table) => ({
      ...table,
      from: table.from < date ? table.from : date,
      classes: table.classes.map((c) => ({ ...c, decider: { kind: 'position' as const, position: position.id } })),
      senderPosition: position.id,
    })),
    forms: rules.forms,
    policies: rules.policies,
  }
}
