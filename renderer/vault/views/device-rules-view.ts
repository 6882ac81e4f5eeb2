// 端末管理の業務ルール: the rules in force, whether whoever sits here has accepted them, and for administrators who has not.

import { isAdmin } from '@shared/authority/ask.ts'
import { acknowledgedAt, deviceRulesOn, textHash, whoHasNotAcknowledged } from '@shared/authority/device-rules.ts'
import type { DeviceRulesView } from '../../services/trust-models.ts'
import type { VaultCore } from '../core.ts'
import { namesOf } from './names.ts'

export function deviceRulesView(core: VaultCore): DeviceRulesView | null {
  const authority = core.authority()
  const rules = deviceRulesOn(authority, core.today())
  if (!rules) return null
  const { person } = core.seat
  const at = acknowledgedAt(authority, rules, person)
  const missing = whoHasNotAcknowledged(authority, core.around.clock.now())
  const names = namesOf(authority)
  return {
    text: { ja: rules.text, en: rules.textEn === '' ? rules.text : rules.textEn },
    hash: textHash(rules),
    from: rules.from,
    acknowledgedAt: at === null ? null : new Date(at).toISOString(),
    due: missing.includes(person),
    missing: isAdmin(authority, person, core.today()) ? missing.map(names.person) : null,
  }
}
