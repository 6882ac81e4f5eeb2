// What a copy that goes out says, from the decided cover sheet and the document's number; and its pages. The decided file is not touched.

import type { PackageFile } from '@shared/archive/ports.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { OutgoingCopyInput } from '@shared/document/outgoing-copy.ts'
import { senderLine } from '@shared/document/route.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import { outgoingPractice } from '../../text/print.ts'
import { actingOf } from '../acting.ts'
import { failed } from '../failure.ts'
import { numberFacts } from '../views/numbers-view.ts'
import { titleOf } from '../views/summary.ts'
import type { CommandContext } from './context.ts'

/** The one file of such an export; refused while there is no number. */
export async function outgoingFiles(context: CommandContext, state: DocumentState): Promise<Result<AsyncIterable<PackageFile>, CommandFailure>> {
  const input = copyOf(context, state)
  if (!input) return failed('NumberMissing')
  const pdf = await context.pages.copy(input)
  return pdf.ok ? ok(one({ path: 'outgoing.pdf', chunks: [pdf.value] })) : pdf
}

async function* one(file: PackageFile): AsyncGenerator<PackageFile, void, undefined> {
  yield file
}

/** The day on the copy is the day of issue that was decided, else the day its number was given. */
function copyOf({ core }: CommandContext, state: DocumentState): OutgoingCopyInput | null {
  const { number } = numberFacts(core, state.id, null)
  const claim = core.numbers().numberOf.get(state.id)
  const { rules, authority, date } = actingOf(core)
  if (number === null || !claim || !rules) return null
  const cover = state.current?.frozen.cover ?? {}
  const words = (field: string): string => (typeof cover[field] === 'string' ? cover[field] : '')
  const sender = senderLine({ table: rules.table, appointments: rules.appointments, people: [...authority.people.values()], date, mayorTitle: authority.town?.mayorTitle ?? '' })
  return {
    number,
    date: words('issuedOn') || jstDate(claim.known.event.hlc.ms),
    addressee: words('addressee'),
    sender: sender.ok ? sender.value : '',
    title: titleOf(state),
    text: words('issueText'),
    practice: core.seat.kind === 'practice' ? outgoingPractice : null,
  }
}
