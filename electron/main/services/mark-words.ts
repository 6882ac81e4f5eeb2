// What stands in a signature beside its mark, for whoever opens the signed PDF years later in any program: why it was signed, on which
// device and in which state (PF-4). In Japanese, like the pages; covered by the signature like every byte of them.

import { actDevice } from '@shared/archive/device-state.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { askedWords, deviceWords, stateWords } from '@shared/posture/device-words.ts'
import { parseStatement } from '@shared/posture/statement.ts'
import type { OpenSession } from './open-session.ts'

/** What stands beside a mark that was put in the place of whoever is away. */
const proxyLabel = '代'

/** `session`: as it rests on the device's state at this moment; the act is written under it. */
export function markWords(authority: AuthorityState, { certificate, evidence }: Pick<OpenSession, 'certificate' | 'evidence'>, act: LogEvent, { title, label }: { readonly title: string; readonly label: string | undefined }): { readonly reason: string; readonly location: string } {
  const { body } = certificate
  const statement = evidence.posture && parseStatement(evidence.posture.bytes)
  const told = actDevice(authority, body, act, statement?.device === body.device ? { kind: 'told', statement } : { kind: 'untold' })
  return { reason: [label === undefined ? `承認（${title}）` : `承認（${title}・${label === proxyLabel ? '代決' : label}）`, stateWords('ja', told), askedWords('ja', told)].filter((one) => one !== '').join('。'), location: deviceWords('ja', told) }
}
