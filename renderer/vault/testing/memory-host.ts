// Main's side of the vault port over objects in memory: the gate, the session's signature, the journal and consent that is given at
// once. A test may look at what was asked and may answer no.

import { decodeCbor } from '@shared/base/cbor.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, ok } from '@shared/base/result.ts'
import { signFor } from '@shared/crypto/sign.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { openHandedKey, uniteHandedKeys } from '@shared/log/handed-keys.ts'
import { personRecipient } from '@shared/log/wraps.ts'
import { publicKeyOf } from '@shared/crypto/keys.ts'
import { emptyBook, parseWrapBook, uniteWrapBooks, wrapBookToBytes } from '@shared/log/wrap-books.ts'
import type { ConsentRequest } from '@shared/ipc/contract/consent.ts'
import type { SignInSeen } from '@shared/ipc/contract/sign-in.ts'
import type { CommitRequest } from '@shared/ipc/contract/vault.ts'
import type { ReplacedPacks } from '@shared/document/replaced-content.ts'
import { noEvidence } from '@shared/log/evidence.ts'
import { collectionHandle, collectionZero, handedKeysName, segmentFolder, segmentName, sessionName, snapshotPlace, twinFolder } from '@shared/log/names.ts'
import type { BesideLane } from '@shared/judge/take-beside.ts'
import { createSegment, eventId, parseSegment } from '@shared/log/segment.ts'
import { evaluateAct, isLetThrough, needsConsent } from '@shared/posture/evaluate.ts'
import type { VaultHost } from '../ports.ts'
import { printSimply } from './simple-print.ts'
import { givenHere, type Objects, type Office, type UnlockedSeat } from './memory-office.ts'

export interface MemoryHost extends VaultHost {
  /** Every consent that was asked for, in order. */
  readonly asked: readonly ConsentRequest[]
  /** Files written by the export sink. */
  readonly exported: ReadonlyMap<string, Uint8Array>
  readonly commits: readonly CommitRequest[]
  /** The next consent is cancelled by the person. */
  refuseNext(): void
  /** What this machine saw at the town's provider from now on. */
  see(seen: SignInSeen): void
  /** When its storage was reached last, from now on. */
  reached(at: number): void
  /** Files that were put on paper. */
  readonly printed: readonly Uint8Array[]
  /** Packs that the vault wants at hand. */
  readonly wanted: readonly string[]
  /** Packs that the vault says a new key took the place of. */
  readonly replaced: readonly ReplacedPacks[]
  /** What the storage surely does not hold any more, from now on; null: nobody looked. */
  clear(names: ReadonlySet<string> | null): void
  /** From now on what is not in the folder can be brought from there; null: nobody answers. */
  reach(storage: Objects | null): void
}

export function createMemoryHost(office: Office, objects: Objects, { open, session, secrets, personKey }: UnlockedSeat): MemoryHost {
  const asked: ConsentRequest[] = []
  const commits: CommitRequest[] = []
  const exported = new Map<string, Uint8Array>()
  const consented = new Set<string>()
  const wanted: string[] = []
  const printed: Uint8Array[] = []
  const replaced: ReplacedPacks[] = []
  let cleared: ReadonlySet<string> | null = null
  let elsewhere: Objects | null = null
  let refusals = 0
  let contact: number | null = null
  let seen: SignInSeen = { provider: null, keys: [], account: null }
  const handleOf = (collection: string): string => collectionHandle(open.genesis, collection)
  const policy = office.town.policies[0] ?? null
  const employment = office.town.people.find(({ id }) => id === open.person)?.employment ?? null
  return {
    asked,
    commits,
    exported,
    wanted,
    printed,
    replaced,
    clear: (names) => void (cleared = names),
    reach: (storage) => void (elsewhere = storage),
    see: (now) => void (seen = now),
    reached: (at) => void (contact = at),
    refuseNext: () => void (refusals += 1),
    vault: { open: async () => ok(structuredClone(open)), keys: async () => ok(structuredClone(open.epochKeys)), evidence: async () => ok({ ...noEvidence, vouched: null }), contact: async () => ok({ at: contact }), given: async () => ok(await givenHere(office, objects, open, jstDate(office.clock.now()))), async givenKey({ collection, document }) {
      const object = objects.get(handedKeysName(handleOf(collection), document))
      return ok({ key: object ? await openHandedKey(personKey, { workspace: open.workspace, collection, docHandle: document }, personRecipient(open.person, publicKeyOf(personKey)), object) : null })
    } },
    objects: {
      get: async ({ name }) => ok({ bytes: objects.get(name) ?? null }),
      range: async ({ name, at, length }) => ok({ bytes: objects.get(name)?.slice(at, at + length) ?? null }),
      async put({ name, bytes }) {
        const [here, come] = [objects.get(name), bytes].map((book) => parseWrapBook(book ?? new Uint8Array()))
        objects.set(name, come ? wrapBookToBytes(uniteWrapBooks(here ?? emptyBook, come)) : (uniteHandedKeys(objects.get(name) ?? bytes, bytes) ?? bytes))
        return ok(null)
      },
    },
    content: {
      absent: async ({ names }) => ok({ names: names.filter((name) => !objects.has(name)) }),
      async fetch({ names }) {
        const away = names.filter((name) => !objects.has(name))
        if (away.length > 0 && !elsewhere) return err({ type: 'ContentAway', retry: 'later' })
        for (const name of away) {
          const bytes = elsewhere?.get(name)
          if (bytes) objects.set(name, bytes)
        }
        return away.every((name) => objects.has(name)) ? ok(null) : err({ type: 'ContentNowhere', retry: 'later' })
      },
      stop: async () => ok(null),
      async want({ names }) {
        wanted.splice(0, wanted.length, ...names)
        return ok(null)
      },
      readReplaced: async () => ok({ documents: replaced }),
      async keepReplaced({ documents }) {
        replaced.splice(0, replaced.length, ...documents)
        return ok(null)
      },
      cleared: async ({ names }) => ok({ names: cleared && names.filter((name) => cleared?.has(name)) }),
      readPins: async () => ok({ sealed: office.pins.get(open.seat) ?? null }),
      async keepPins({ sealed }) {
        office.pins.set(open.seat, sealed)
        return ok(null)
      },
    },
    snapshots: {
      covered: async () => ok(elsewhere ? furthest(elsewhere) : null),
      sign: async ({ header }) => ok({ signature: await signFor(session, 'snapshot', header), session: objects.get(sessionName(open.session)) as Uint8Array }),
      async keep({ name, bytes }) {
        objects.set(name, bytes)
        return ok(null)
      },
      list: async ({ of }) => ok([...objects.keys()].filter((name) => snapshotPlace(name)?.of === of).sort().reverse()),
    },
    journal: {
      beside: async ({ collection }) => ok(besideIn(objects, handleOf(collection))),
      lanes: async ({ collection }) => ok(lanesOf(objects, handleOf(collection))),
      async read({ collection, lane, from, count }) {
        const found: { name: string; bytes: Uint8Array }[] = []
        for (let seq = from; seq < from + count; seq++) {
          const name = segmentName(handleOf(collection), lane, seq)
          const bytes = objects.get(name)
          if (!bytes) break
          found.push({ name, bytes })
        }
        return ok(found)
      },
      async commit(request) {
        commits.push(request)
        const { collection, seq, hlc, authority, epoch, acts, events } = request
        for (const act of acts) {
          const answer = evaluateAct(policy, { type: act.type, at: request.hlc.ms, employment, posture: null, token: null, exceptions: [] })
          if (!isLetThrough(answer)) return err({ type: 'GateDenied', retry: 'never', reasons: answer.reasons })
          if (needsConsent(policy, act.type) && !consented.delete(act.event)) return err({ type: 'ConsentMissing', retry: 'never', act: act.type })
        }
        const before = objects.get(segmentName(handleOf(collection), open.lane, seq - 1))
        const prev = before ? (parseSegment(before)?.hash ?? null) : null
        const zero = open.epochKeys.find((held) => held.collection === collectionZero && held.epoch === epoch)
        if (!zero) throw new Error('no key for collection zero')
        const key = await importContentKey(office.crypto, zero.key)
        const header = { suite: 1, schema: 1, workspace: open.workspace, collection, lane: open.lane, seq, prev, session: open.session, authority, hlc, acts } as const
        const { bytes } = await createSegment(office.crypto, { epoch: zero.epoch, key }, header, events, session)
        const name = segmentName(handleOf(collection), open.lane, seq)
        if (objects.has(name)) return err({ type: 'LaneMoved', retry: 'now', seq })
        objects.set(name, bytes)
        return ok({ name, bytes })
      },
    },
    consent: {
      async request(request) {
        asked.push(request)
        if (refusals > 0) {
          refusals -= 1
          return err({ type: 'ConsentCancelled', retry: 'later' })
        }
        for (const event of request.events) {
          if (decodeCbor(event) === null) return err({ type: 'ConsentRefused', retry: 'never', reason: 'unreadable' })
          consented.add(eventId(event))
        }
        const { signature } = request
        if (!signature) return ok({ consent: `consent-${asked.length}`, file: null })
        const { sign } = secrets.signing.signer
        const at = new Date(office.clock.now()).toISOString()
        const surname = office.town.people.find(({ id }) => id === open.person)?.familyName ?? ''
        const key = { certificate: secrets.certificate, chain: [office.founded.rootCertificate], sign }
        const file = await appendSignature({ pdf: signature.file, field: signature.field, mark: { position: '職', surname, date: signature.dated ?? at.slice(0, 10) }, signer: key, at, reason: 'test', name: surname })
        return file.ok ? ok({ consent: `consent-${asked.length}`, file: file.value }) : err({ type: 'ConsentRefused', retry: 'never', reason: file.error.type })
      },
    },
    seats: { renewEpochs: async () => ok([]), reportLost: async () => err({ type: 'ConsentCancelled', retry: 'later' }), enrol: async () => err({ type: 'ConsentCancelled', retry: 'later' }), approve: async () => err({ type: 'ConsentCancelled', retry: 'later' }), settleStorage: async () => err({ type: 'ConsentCancelled', retry: 'later' }) },
    signIn: { seen: async () => ok(seen) },
    print: {
      render: async ({ html }) => ok(await printSimply(html)),
      printers: async () => ok({ printers: [{ name: 'paper', title: '窓口' }] }),
      async paper({ consent, printer }) {
        const request = asked[Number(consent.replace('consent-', '')) - 1]
        if (printer !== 'paper') return err({ type: 'PrinterMissing', retry: 'later' })
        if (request?.pdf) printed.push(request.pdf)
        return ok(null)
      },
    },
    export: {
      begin: async ({ name }) => ok({ job: name, path: `/out/${name}` }),
      async put({ path, bytes }) {
        exported.set(path, bytes)
        return ok(null)
      },
      finish: async ({ job }) => ok({ path: `/out/${job}`, passphrase: null }),
      async cancel() {
        exported.clear()
        return ok(null)
      },
    },
  }
}

function furthest(storage: Objects): Readonly<Record<string, number>> {
  const places = [...storage.keys()].flatMap((name) => snapshotPlace(name) ?? []).sort((a, b) => a.records - b.records)
  return Object.fromEntries(places.map(({ of, records }) => [of, records]))
}

function lanesOf(objects: Objects, handle: string): readonly { readonly lane: string; readonly seq: number }[] {
  const lanes = new Map<string, number>()
  const folder = segmentFolder(handle, '')
  for (const name of objects.keys()) {
    if (!name.startsWith(folder)) continue
    const [lane = '', , file = ''] = name.slice(folder.length).split('/')
    lanes.set(lane, Math.max(lanes.get(lane) ?? 0, Number(file)))
  }
  return [...lanes].map(([lane, seq]) => ({ lane, seq })).sort((a, b) => (a.lane < b.lane ? -1 : 1))
}

function besideIn(objects: Objects, handle: string): readonly BesideLane[] {
  return [...objects.keys()].filter((name) => name.startsWith(`${twinFolder(handle)}/`)).map((name) => {
    const [, , lane = '', seq = ''] = name.split('/')
    return { lane, seq: Number(seq), name }
  })
}
