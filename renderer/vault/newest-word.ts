// AU-71: where the town asks how new the rules are that somebody acts on, says for this seat, soon after the storage was reached, that what
// is known here is the newest. Two people's words are enough for a town; most machines write nothing.

import { inForce } from '@shared/base/in-force.ts'
import { createTurns } from '@shared/base/turns.ts'
import { contactFreshMs, isWordDue } from '@shared/authority/heard.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { VaultCore } from './core.ts'

export interface NewestWord {
  /** Looks whether it is this seat's turn. One at a time. */
  write(): Promise<void>
}

export function createNewestWord(core: VaultCore): NewestWord {
  const inTurn = createTurns()
  const isDue = (): boolean => isWordDue(inForce(core.authority().policies.values(), core.today()), core.authority(), core.seat.person, core.around.clock.now())
  const once = async (): Promise<void> => {
    if (!isDue()) return
    const contact = await core.around.host.vault.contact({})
    if (!contact.ok || contact.value.at === null || core.around.clock.now() - contact.value.at > contactFreshMs) return
    await core.commit(collectionZero, () => (isDue() ? [{ type: 'authority.current', doc: null, position: null, body: {} }] : []))
  }
  return { write: () => inTurn(once) }
}
