// The command of 「オフラインで使う」: what this person wants to open here without a connection.

import { ok } from '@shared/base/result.ts'
import { wantedPacks } from '../offline.ts'
import type { PinList } from '../pins.ts'
import type { Command } from './context.ts'

export const pin: Command<'pin'> = async ({ core }, arg) => {
  const before = core.pins.list()
  const kept = await core.pins.keep(changed(before, arg))
  if (!kept.ok) return kept
  await core.around.host.content.want({ names: [...wantedPacks(core)] })
  return ok(null)
}

function changed(list: PinList, arg: Parameters<Command<'pin'>>[1]): PinList {
  if (arg.what === 'mine') return { ...list, mine: arg.on }
  const with_ = (ids: readonly string[]): string[] => [...ids.filter((id) => id !== arg.id), ...(arg.on ? [arg.id] : [])]
  return arg.what === 'volume' ? { ...list, volumes: with_(list.volumes) } : { ...list, documents: with_(list.documents) }
}
