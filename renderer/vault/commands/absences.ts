// 不在と代決: somebody is away from a day to a day, and who decides in their place meanwhile (AU-100); or is back sooner. Confirmed in main's
// window with the PIN.

import type { Absence } from '@shared/authority/model.ts'
import { namesOf } from '../views/names.ts'
import { act, administer } from './administering.ts'
import type { Command } from './context.ts'

export const registerAbsence: Command<'registerAbsence'> = async (context, { position, acting, from, to, reason }) => {
  const absence: Absence = { position, acting, reason: reason.trim(), from: from ?? context.core.today(), to }
  return administer(context, [act('absence.put', absence)], namesOf(context.core.authority()).position(position), { by: 'reviewer' })
}

/** Today is the last day: what was decided today in their place stays decided. */
export const endAbsence: Command<'endAbsence'> = async (context, { absence, reason }) => {
  const { core } = context
  const position = core.authority().absences.get(absence)?.position ?? null
  return administer(context, [act('absence.end', { absence, to: core.today(), reason: reason.trim() })], namesOf(core.authority()).position(position), { by: 'reviewer' })
}
