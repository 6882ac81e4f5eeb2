// Searching: the folded titles and bodies of what is readable here are gone through one by one; nothing outside the sealed view is
// kept of them. A text that is older than its document is made again before it is searched.

import { decodeCbor } from '@shared/base/cbor.ts'
import { ok } from '@shared/base/result.ts'
import { bodyToText, parseBody } from '@shared/document/body.ts'
import type { DocumentState } from '@shared/document/state.ts'
import { foldKey, queryKeys } from '@shared/search/fold.ts'
import type { SearchHit } from '../../services/view-models.ts'
import { actingOf } from '../acting.ts'
import { bodyToJson } from '../body-json.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import type { SearchText } from '../view.ts'
import { summarySources } from '../views/sources.ts'
import { isForOthers, isLiving, summaryOf, titleOf } from '../views/summary.ts'
import type { Command, CommandContext } from './context.ts'

export const mostHits = 50
const excerptLength = 80

export const search: Command<'search'> = async (context, { query }) => {
  const { core } = context
  const words = queryKeys(query)
  if (words.length === 0) return ok([])
  const sources = summarySources(core)
  const rows = core.view.register(documentTable).toSorted((a, b) => ((a.value as DocumentRow).updatedAt < (b.value as DocumentRow).updatedAt ? 1 : -1))
  const hits: SearchHit[] = []
  const acting = actingOf(core)
  // A colleague's draft lies on nobody else's desk, but who may write on it finds it by asking for it.
  const mayWriteOn = ({ id, stage }: DocumentState, collection: string): boolean => stage === 'draft' && acting.hasAccess(collection, 'draft.body', id)
  for (const { collection, value } of rows) {
    if (hits.length >= mostHits) break
    const row = value as DocumentRow
    if (!isForOthers(row.state, core.seat.person) && !mayWriteOn(row.state, collection)) continue
    const text = await textOf(context, collection, row)
    const where = words.every((word) => text.title.includes(word)) ? 'title' : words.every((word) => text.title.includes(word) || text.body.includes(word)) ? 'body' : null
    if (where) hits.push({ document: summaryOf(row, sources), where, excerpt: where === 'body' ? excerpt(text.plain, words) : '' })
  }
  return ok(hits)
}

const idleMs = 20

/** Makes the texts that are missing, one after the other with room in between, so that the first search need not. */
export async function prepareTexts(context: CommandContext): Promise<void> {
  const { view, around } = context.core
  const rows = view.register(documentTable)
  if ((await view.textCount()) >= rows.length) return
  for (const { collection, value } of rows) {
    await textOf(context, collection, value as DocumentRow)
    await around.wait(idleMs)
  }
}

async function textOf(context: CommandContext, collection: string, row: DocumentRow): Promise<SearchText> {
  const { core } = context
  const { state } = row
  const title = titleOf(state)
  const of = `${row.bodyHash}/${state.current?.sha256 ?? ''}/${state.stage}/${title}`
  const kept = await core.view.text(collection, state.id)
  if (kept?.of === of) return kept
  const plain = await plainBody(context, row)
  const made: SearchText = { of, title: foldKey(title), body: foldKey(plain), plain }
  await core.view.putText(collection, state.id, made)
  return made
}

async function plainBody({ core, bodies }: CommandContext, { state }: DocumentRow): Promise<string> {
  const frozen = isLiving(state) ? undefined : (await core.stateOf(state.id))?.current?.frozen.body
  const json = frozen ? decodeCbor(frozen) : await bodies.read(state.id, bodyToJson)
  const body = parseBody(json)
  const cover = Object.values(state.cover).flatMap(({ values }) => values).filter((value) => typeof value === 'string')
  return [...cover, body.ok ? bodyToText(body.value) : ''].join('\n')
}

/** A piece of the text around the first word, as it was typed. */
function excerpt(plain: string, words: readonly string[]): string {
  const lines = plain.split('\n')
  const line = lines.find((candidate) => words.some((word) => foldKey(candidate).includes(word))) ?? ''
  if (line.length <= excerptLength) return line
  const [first = ''] = words
  let start = 0
  for (let at = 0; at + excerptLength <= line.length; at += excerptLength / 4) if (foldKey(line.slice(at, at + excerptLength)).includes(first)) start = at
  return line.slice(start, start + excerptLength)
}
