// 雪守町: a whole town as data, fictional in every name, with which a practice workspace starts. A real town replaces it by its own rules.

import type { TownData } from './model.ts'
import { sampleDeviceRules } from './sample-town-device-rules.ts'
import { sampleForms } from './sample-town-forms.ts'
import { sampleAppointments, samplePeople, samplePositions, sampleSections } from './sample-town-people.ts'
import { sampleCollections, sampleDecisionTables, sampleGrants, samplePolicies, sampleReviewRules, sampleSeries } from './sample-town-rules.ts'
import { sampleSchedules } from './sample-town-schedule.ts'

export const sampleTown: TownData = {
  town: { name: '雪守町', nameEn: 'Yukimori Town', mayorTitle: '雪守町長', code: 'yukimori' },
  sections: sampleSections,
  people: samplePeople,
  positions: samplePositions,
  appointments: sampleAppointments,
  collections: sampleCollections,
  grants: sampleGrants,
  series: sampleSeries,
  schedules: sampleSchedules,
  decisionTables: sampleDecisionTables,
  forms: sampleForms,
  policies: samplePolicies,
  deviceRules: sampleDeviceRules,
  reviewRules: sampleReviewRules,
}
