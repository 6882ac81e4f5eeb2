// 監査証跡 as whoever sits here may see it: administrators and records officers everything that is known at this machine, everybody else what
// they did themselves. Who sees what is a matter of the screen: whoever holds a key can read what it opens.

import { compareAudited, isWanted } from '@shared/archive/audit.ts'
import { anyGranted } from '@shared/authority/review.ts'
import { isAdmin, grantHolds, positionsOf } from '@shared/authority/ask.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { matches } from '@shared/search/fold.ts'
import type { AuditQuery, AuditRow, AuditView } from '../../services/audit-models.ts'
import type { AuditedAct, AuditLog } from '../audit-log.ts'
import type { AuditedFacts } from '../audited-facts.ts'
import type { VaultCore } from '../core.ts'
import { auditRules } from '../audit-rules.ts'
import { auditStanding } from '../audit-standing.ts'
import { documentTable, volumeTable, type DocumentRow, type VolumeRow } from '../document-rows.ts'
import { titleOfHandle } from './handle-title.ts'
import { namesOf } from './names.ts'
import { titleOf } from './summary.ts'

/** More are found by narrowing: nobody reads ten thousand rows. */
export const shownActs = 10_000

export async function auditView(core: VaultCore, log: AuditLog, query: AuditQuery): Promise<AuditView> {
  const { acts, reading } = log.current()
  const { scope, seen, wanted, rowOf } = await chosen(core, acts, query)
  const names = namesOf(core.authority())
  return {
    reading,
    scope,
    mayExport: isAdmin(core.authority(), core.seat.person, core.today()),
    total: seen.length,
    matching: wanted.length,
    rows: wanted.slice(0, shownActs).map(rowOf),
    people: [...new Set(seen.map(({ person }) => person))].map((id) => ({ id, name: names.person(id) })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    devices: [...new Set(seen.map(({ device }) => device))].sort().map((id) => ({ id, people: peopleAt(core, id).map(names.person) })),
  }
}

interface Chosen {
  readonly scope: AuditView['scope']
  /** What whoever sits here may see. */
  readonly seen: readonly AuditedAct[]
  /** What of it the query wants, newest first. */
  readonly wanted: readonly AuditedAct[]
  readonly rowOf: (act: AuditedAct) => AuditRow
}

export async function chosen(core: VaultCore, acts: readonly AuditedAct[], query: AuditQuery): Promise<Chosen> {
  const authority = core.authority()
  const date = core.today()
  const { person } = core.seat
  const keepsRecords = [...authority.grants.values()].some((grant) => grant.person === person && grant.role === 'records' && grantHolds(grant, date))
  const scope = isAdmin(authority, person, date) || keepsRecords ? 'all' : 'own'
  const seen = scope === 'all' ? acts : acts.filter((act) => act.person === person)
  const wanted = seen.filter(isWanted(query)).sort(compareAudited)
  const rowOf = await auditRows(core)
  return { scope, seen, rowOf, wanted: query.words.trim() === '' ? wanted : wanted.filter((act) => matches(query.words, wordsOf(rowOf(act)))) }
}

function wordsOf({ personName, positionTitle, about, place, facts, device }: AuditRow): string {
  return [personName, positionTitle ?? '', about ?? '', place ?? '', device.id, ...Object.values(facts)].join(' ')
}

function peopleAt(core: VaultCore, device: string): readonly string[] {
  return [...new Set([...core.authority().seats.values()].filter((seat) => seat.device === device).map(({ person }) => person))]
}

const dayMs = 24 * 60 * 60 * 1000
const japanMs = 9 * 60 * 60 * 1000

/** Makes rows of acts, on what is known at this moment. */
async function auditRows(core: VaultCore): Promise<(act: AuditedAct) => AuditRow> {
  const authority = core.authority()
  const names = namesOf(authority)
  const rulesOf = auditRules(core)
  const standingOf = await auditStanding(core)
  const positions = new Map<string, readonly string[]>()
  const heldOn = (person: string, at: number): readonly string[] => {
    const key = `${person} ${Math.floor((at + japanMs) / dayMs)}`
    const held = positions.get(key) ?? positionsOf(authority, person, jstDate(at)).map(({ title }) => title)
    positions.set(key, held)
    return held
  }
  const titles = new Map<string, string>()
  const titleOfDoc = (doc: string): string => {
    const held = titles.get(doc)
    if (held !== undefined) return held
    const [document, volume] = [core.view.row(documentTable, doc), core.view.row(volumeTable, doc)]
    const title = document ? titleOf((document.value as DocumentRow).state) : volume ? (volume.value as VolumeRow).title : ''
    titles.set(doc, title)
    return title
  }
  return (act) => {
    const { opened, session } = act
    return {
      id: act.id,
      at: new Date(act.at).toISOString(),
      personName: names.person(act.person),
      positionTitle: opened === null ? 'unread' : opened.position === null ? null : names.position(opened.position),
      held: opened?.position === null ? heldOn(act.person, act.at) : [],
      type: typeOf(act),
      facts: { ...factsOf(core, act, titleOfDoc), ...(act.silent > 0 ? { silent: act.silent } : {}) },
      about: opened === null ? null : opened.doc === null ? aboutOf(core, act) : titleOfDoc(opened.doc),
      place: act.inZero ? null : names.collection(act.collection),
      device: { id: act.device, said: session.statement && { system: session.statement.system, level: session.statement.level } },
      here: act.device === core.seat.device,
      state: session.state,
      rule: rulesOf(act),
      ...standingOf(act),
    }
  }
}

/** An approval that says once more that an earlier one stands reads differently, and so does what left sealed for somebody outside. */
function typeOf({ type, opened }: AuditedAct): string {
  if (type === 'document.export' && typeof opened?.body['to'] === 'string') return 'document.share'
  return type === 'decision.approve' && typeof opened?.body['confirms'] === 'string' ? 'decision.confirm' : type
}

function factsOf(core: VaultCore, { type, opened }: AuditedAct, titleOfDoc: (doc: string) => string): AuditRow['facts'] {
  if (!opened) return {}
  const { body, text } = opened
  const authority = core.authority()
  const grant = anyGranted(authority, String(body['grant'] ?? (type.startsWith('grant.') ? body['id'] : '') ?? ''))
  const collection = body['collection'] ?? grant?.collection
  const series = authority.series.get(String((type === 'series.put' ? body['id'] : body['series']) ?? ''))
  return {
    ...(text === '' ? {} : { reason: text }),
    ...(body['revision'] === undefined ? {} : { revision: body['revision'] }),
    ...(body['name'] === undefined ? {} : { name: body['name'] }),
    ...(type === 'document.export' && body['to'] !== undefined ? { to: body['to'] } : {}),
    ...(body['volume'] === undefined ? {} : { volume: titleOfDoc(String(body['volume'])) || String(body['volume']) }),
    ...(typeof collection === 'string' ? { place: namesOf(authority).collection(collection) } : {}),
    ...(grant?.document === undefined ? {} : documentFacts(core, grant.document)),
    ...(grant ? { role: grant.role } : body['role'] === undefined ? {} : { role: String(body['role']) }),
    ...(body['check'] === undefined ? {} : { check: String(body['check']) }),
    ...(series ? { series: series.symbol } : {}),
    ...(type === 'absence.put' ? { acting: typeof body['acting'] === 'string' ? namesOf(authority).position(body['acting']) : 'nobody' } : {}),
    ...(typeof body['n'] === 'number' ? { number: body['n'] } : typeof body['first'] === 'number' ? { number: body['first'] } : {}),
    ...(typeof body['rows'] === 'number' ? { count: body['rows'] } : typeof body['size'] === 'number' ? { count: body['size'] } : {}),
  }
}

function documentFacts(core: VaultCore, handle: string): AuditRow['facts'] {
  const title = titleOfHandle(core, handle)
  return title === null ? { known: 'no' } : { known: 'yes', document: title }
}

/** Whom or what an act of administration is about. */
function aboutOf(core: VaultCore, { type, opened }: { readonly type: string; readonly opened: Pick<AuditedFacts, 'body'> | null }): string {
  const authority = core.authority()
  const names = namesOf(authority)
  const body = opened?.body ?? {}
  const id = String(body['id'] ?? '')
  const text = (name: string): string => String(body[name] ?? '')
  const voted = type.startsWith('vote.') ? core.view.authority().find((known) => known.id === text('act'))?.event : undefined
  if (voted) return aboutOf(core, { type: voted.type, opened: { body: plainOf(voted.body) } })
  const person = text('person') || (type.startsWith('grant.') ? anyGranted(authority, text('grant') || id)?.person : type.startsWith('seat.') ? authority.seats.get(id)?.person : type.startsWith('identity.') ? authority.bindings.get(id)?.person : '')
  if (person) return names.person(person)
  if (type.startsWith('device.') || type.startsWith('exception.')) return (text('device') || authority.exceptions.get(id)?.device || id).slice(0, 6)
  if (type.startsWith('collection.') || type === 'epoch.new') return names.collection(text('collection') || id)
  if (type.startsWith('absence.')) return names.position(text('position') || (authority.absences.get(text('absence'))?.position ?? ''))
  if (type.startsWith('position.')) return names.position(id)
  if (type.startsWith('section.')) return authority.sections.get(id)?.name ?? id
  return text('title') || text('name')
}

function plainOf(body: unknown): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries((body ?? {}) as Record<string, unknown>).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
