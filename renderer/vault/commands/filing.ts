// Commands of filing: open a volume, put a decided document into one. Which day counts and what may go where is the domain's to say.

import { jstDate } from '@shared/base/civil-date.ts'
import type { RetentionSchedule } from '@shared/authority/model.ts'
import { inForce } from '@shared/base/in-force.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { DocumentState } from '@shared/document/state.ts'
import { eventDateOf } from '@shared/filing/event-date.ts'
import { mayFileInto, retentionClassOf } from '@shared/filing/volume.ts'
import { fileRecord, openVolume } from '@shared/flow/file.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import { actingOf } from '../acting.ts'
import { volumeTable, type VolumeRow } from '../document-rows.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { findFor, newId, writing, type Command, type CommandContext } from './context.ts'

export const createVolume: Command<'createVolume'> = async (context, arg) => {
  const { core } = context
  const { node, title, publicTitle, retentionClass, fiscalYear, location, collection, position } = arg
  const acting = actingOf(core)
  if (!core.keys.collections.includes(collection) || !acting.hasAccess(collection, 'volume.create')) return notAllowed([{ code: 'role-missing', facts: { type: 'volume.create' } }])
  const schedule = scheduleToday(context)
  if (!schedule) return failed('ScheduleMissing')
  if (title.trim() === '') return failed('TitleMissing')
  if (!schedule.nodes.some(({ code, level }) => code === node && level === 3)) return failed('ClassNodeMissing', 'never', { node })
  if (!schedule.classes.some(({ id }) => id === retentionClass)) return failed('RetentionMissing', 'never', { retentionClass })
  const manager = managerOf(context, position)
  const id = newId(context)
  const opened = await openVolume(writing(context), {
    id,
    collection,
    position,
    body: { classification: node, title, publicTitle: publicTitle === '' ? title : publicTitle, retentionClass, schedule: schedule.id, fiscalYear, location, medium: 'electronic', manager, originalManager: manager },
  })
  return opened.ok ? ok({ id }) : opened
}

export const fileDocument: Command<'fileDocument'> = async (context, { id, volume, position }) => {
  const { core } = context
  const found = findFor(context, id, { type: 'record.file' }, position)
  if (!found.ok) return found
  const { state, collection } = found.value
  const row = core.view.row(volumeTable, volume)
  if (!row) return failed('VolumeMissing')
  if (row.collection !== collection) return failed('OtherCollection')
  const into = row.value as VolumeRow
  const schedules = [...core.authority().schedules.values()]
  const own = retentionClassOf(schedules, into.schedule, into.retentionClass)
  const wanted = state.current?.frozen.cover['retention']
  const record = retentionClassOf(schedules, into.schedule, typeof wanted === 'string' ? wanted : into.retentionClass)
  if (!own || !record) return failed('RetentionMissing', 'never', { retentionClass: typeof wanted === 'string' ? wanted : into.retentionClass })
  const verdict = mayFileInto(into, own, record)
  if (verdict.outcome !== 'pass') return notAllowed(verdict.reasons)
  const basis = core.authority().schedules.get(into.schedule)?.eventBasis ?? 'completion'
  const date = eventDate(state, basis)
  if (!date.ok) return date
  return fileRecord(writing(context), { doc: id, collection, position, body: { volume, eventDate: date.value, basis } })
}

function eventDate({ decidedAt, current }: DocumentState, basis: RetentionSchedule['eventBasis']): Result<string, CommandFailure> {
  const issued = current?.frozen.cover['issuedOn']
  const date = eventDateOf({ decidedOn: decidedAt ? jstDate(decidedAt) : undefined, issuedOn: typeof issued === 'string' && issued !== '' ? issued : undefined }, basis)
  return date.ok ? date : failedBy(date.error)
}

function scheduleToday({ core }: CommandContext): RetentionSchedule | null {
  return inForce(core.authority().schedules.values(), core.today())
}

/** 文書管理者: the head of the section of whoever opens the volume; the top of the line within the section. */
function managerOf({ core }: CommandContext, position: string): string {
  const { positions } = core.authority()
  let at = positions.get(position)
  for (const seen = new Set<string>(); at && !seen.has(at.id); ) {
    seen.add(at.id)
    const above = at.superior === null ? undefined : positions.get(at.superior)
    if (!above || above.section !== at.section) return at.id
    at = above
  }
  return position
}
