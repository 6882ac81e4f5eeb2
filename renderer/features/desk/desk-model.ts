// From the desk of the vault to the rows of the screen: which groups there are, and what each row says. Pure.

import type { Desk, DocumentSummary } from '../../services/view-models.ts'
import { formatDate, formatInstant } from '../../text/dates.ts'
import type { Text, TextKey } from '../../text/translate.ts'
import type { Entry } from '../../ui/entry-list.tsx'

export interface DeskGroup {
  readonly name: Exclude<keyof Desk, 'complete'>
  readonly title: TextKey
  /** What is said when there is nothing in it. */
  readonly empty: TextKey
  readonly documents: readonly DocumentSummary[]
}

const order = ['myTurn', 'returned', 'drafting', 'leftBehind', 'toFile', 'waiting', 'given', 'recent'] as const

/** My turn is always shown, also when there is nothing to do; the other groups only with something in them. */
export function deskGroups(desk: Desk): readonly DeskGroup[] {
  return order
    .map((name) => ({ name, title: `desk.${name}` as const, empty: emptyText(desk, name), documents: desk[name] }))
    .filter((group) => group.name === 'myTurn' || group.name === 'drafting' || group.documents.length > 0)
}

/** Nothing is called empty before everything that was saved has been looked at. */
function emptyText(desk: Desk, name: DeskGroup['name']): TextKey {
  if (!desk.complete) return 'desk.loading'
  return name === 'drafting' ? 'desk.draftingEmpty' : 'desk.myTurnEmpty'
}

export function summaryEntry(text: Text, summary: DocumentSummary): Entry {
  const facts = [
    text('desk.by', { position: summary.drafterPosition, name: summary.drafterName }),
    text('desk.draftedOn', { date: formatDate(text.language, summary.draftedOn) }),
    summary.number ?? (summary.awaitsNumber ? text('document.awaitsNumber', { number: summary.provisionalNumber }) : summary.provisionalNumber),
    ...(summary.waitingFor.length > 0 ? [text('desk.waitingFor', { who: summary.waitingFor.join('、') })] : []),
    ...(summary.attachmentCount > 0 ? [text('desk.attachments', { count: summary.attachmentCount })] : []),
    ...(summary.volumeTitle === null ? [] : [text('desk.filedIn', { volume: summary.volumeTitle })]),
    ...(summary.alsoBy.length > 0 ? [text('desk.alsoBy', { names: summary.alsoBy.join('、') })] : []),
    text('desk.updatedAt', { at: formatInstant(text.language, summary.updatedAt) }),
  ]
  return {
    id: summary.id,
    title: summary.title === '' ? text('document.untitled') : summary.title,
    chips: [
      ...(summary.urgent ? [{ text: text('desk.urgent'), tone: 'seal' as const }] : []),
      ...(summary.decisionClass === null ? [] : [{ text: text('desk.class', { class: summary.decisionClass }) }]),
      { text: text.code('stage', summary.stage), tone: stageTone(summary.stage) },
      ...(summary.receipt === null ? [] : [{ text: text(`receipt.${summary.receipt}`), tone: 'warn' as const }]),
      ...(summary.awaitsMark ? [{ text: text('desk.awaitsMark'), tone: 'warn' as const }] : []),
      ...(summary.mergedHere ? [{ text: text('desk.merged'), tone: 'warn' as const }] : []),
    ],
    facts: facts.filter((fact) => fact !== ''),
  }
}

function stageTone(stage: DocumentSummary['stage']): 'plain' | 'key' | 'good' | 'warn' | 'bad' {
  if (stage === 'decided' || stage === 'filed') return 'good'
  if (stage === 'returned' || stage === 'needs-decision') return 'warn'
  if (stage === 'refused' || stage === 'abandoned') return 'bad'
  return stage === 'in-route' ? 'key' : 'plain'
}
