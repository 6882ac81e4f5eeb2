// Accepting the town's own rules for its devices: one act of whoever sits here, for the text that was on screen.

import { deviceRulesOn, textHash } from '@shared/authority/device-rules.ts'
import { ok } from '@shared/base/result.ts'
import { collectionZero } from '@shared/log/names.ts'
import { failed } from '../failure.ts'
import type { Command } from './context.ts'

export const acknowledgeRules: Command<'acknowledgeRules'> = async ({ core }, { text }) => {
  const rules = deviceRulesOn(core.authority(), core.today())
  // The text became another one while it was read: it has to be read again.
  if (!rules || textHash(rules) !== text) return failed('RulesChanged')
  const done = await core.commit(collectionZero, () => [{ type: 'device-rules.acknowledge', doc: null, position: null, body: { rules: rules.id, text } }])
  return done.ok ? ok(null) : done
}
