// Acts of administrators: excusing one check of one device until a day, and ending that. Two voices excuse, one ends it (AU-23).

import { addDays } from '@shared/base/civil-date.ts'
import { longestExceptionDays } from '@shared/posture/model.ts'
import { consentWords } from '../../text/consent.ts'
import { failed } from '../failure.ts'
import { act, administer } from './administering.ts'
import { newId, type Command } from './context.ts'

export const excuseCheck: Command<'excuseCheck'> = async (context, { device, check, days, reason }) => {
  const { core } = context
  const { devices, exceptions } = core.authority()
  const from = core.today()
  if (!devices.has(device)) return failed('DeviceUnknown')
  if (!Number.isInteger(days) || days < 1 || days > longestExceptionDays) return failed('ExcuseTooLong')
  if ([...exceptions.values()].some((one) => one.device === device && one.check === check && one.from <= from && from <= one.to)) return failed('ExcuseThere')
  return administer(context, [act('exception.put', { id: newId(context), device, check, reason, from, to: addDays(from, days - 1) })], consentWords[context.language()].policy)
}

export const endExcuse: Command<'endExcuse'> = async (context, { excuse, reason }) => {
  if (!context.core.authority().exceptions.has(excuse)) return failed('ExcuseGone')
  return administer(context, [act('exception.remove', { id: excuse, reason })], consentWords[context.language()].policy)
}
