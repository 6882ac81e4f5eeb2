// Main's own copy of collection zero, through the same door as everywhere: so that the gate and the consent window take policy,
// positions and seats from signed evidence and never from the page.

import type { AuthorityState } from '@shared/authority/reduce.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import type { CryptoHost, ContentKey } from '@shared/crypto/ports.ts'
import { createDoor } from '@shared/judge/door.ts'
import { createMemoryView } from '@shared/judge/memory-view.ts'
import type { LaneHead } from '@shared/judge/ports.ts'
import { takeBeside } from '@shared/judge/take-beside.ts'
import { epochCommitment } from '@shared/log/wraps.ts'
import { collectionHandle, collectionZero, isObjectName, segmentFolder, segmentName, sessionName } from '@shared/log/names.ts'
import type { Vector } from '@shared/log/session.ts'
import type { AuthorityCheckpoint } from './authority-checkpoint.ts'
import { candidatesOn, listBeside, proveFork } from './lane-twins.ts'
import type { ObjectStore } from './object-store.ts'

export interface AuthorityReplica {
  state(): Promise<AuthorityState>
  /** Lane → highest segment taken in. */
  vector(): Vector
  /** Takes in what is new on the disk; segments that wait for others are tried again until nothing moves. */
  catchUp(): Promise<void>
  /** What was judged so far, to begin with at the next start. */
  checkpoint(): Promise<AuthorityCheckpoint>
  /** Segments judged since this start. */
  judged(): number
  /** JU-32 does what lies on this disk prove that a lane is forked, in whatever collection? */
  isForked(lane: string): Promise<boolean>
}

export interface LaneEnd {
  readonly lane: string
  readonly seq: number
}

/** Lanes of a collection on this disk with their highest sequence number. */
export async function listLanes(store: ObjectStore, genesis: string, collection: string): Promise<readonly LaneEnd[]> {
  const handle = collectionHandle(genesis, collection)
  const lanes: LaneEnd[] = []
  for (const lane of await store.list(`j/${handle}`)) {
    const folder = segmentFolder(handle, lane)
    const block = (await store.list(folder)).at(-1)
    const last = block === undefined ? undefined : (await store.list(`${folder}/${block}`)).at(-1)
    if (last !== undefined) lanes.push({ lane, seq: Number(last) })
  }
  return lanes
}

/** JU-39 is this number of a lane missing on this disk, though a later one is here? */
export async function isLost(store: ObjectStore, genesis: string, { collection, lane, seq }: { readonly collection: string; readonly lane: string; readonly seq: number }): Promise<boolean> {
  const name = segmentName(collectionHandle(genesis, collection), lane, seq)
  if (!isObjectName(name) || (await store.get(name))) return false
  return (await listLanes(store, genesis, collection)).some((end) => end.lane === lane && end.seq > seq)
}

/** The bytes of collection zero's key of an epoch, for whoever reads here; null when it is not wrapped to them (yet). */
export type OpenZeroKey = (epoch: number) => Promise<Uint8Array | null>

/** `first`: the key of epoch 0; later ones are opened as they are met. `start`: what an earlier start judged, when it still holds. */
export function createAuthorityReplica(host: CryptoHost, store: ObjectStore, ids: { readonly workspace: string; readonly genesis: string }, first: ContentKey, openZeroKey: OpenZeroKey, start?: AuthorityCheckpoint): AuthorityReplica {
  const zeroKeys = new Map([[0, first]])
  const view = createMemoryView(start)
  let judged = 0
  const door = createDoor({
    host,
    ...ids,
    view,
    keys: { epochKey: async (collection, epoch) => (collection === collectionZero ? (zeroKeys.get(epoch) ?? null) : null), documentKey: async () => 'not-granted' },
    session: (hash) => store.get(sessionName(hash)),
    candidates: (collection, lane, seq) => candidatesOn(store, ids.genesis, collection, lane, seq),
    rowsOf: () => [],
  })
  const handle = collectionHandle(ids.genesis, collectionZero)
  const lanes = (): [string, LaneHead][] => [...view.heads].map(([key, head]) => [key.slice(0, key.indexOf('/')), head])
  const seqOf = (lane: string): number => view.heads.get(`${lane}/${collectionZero}`)?.seq ?? 0
  /** AU-15, AU-20 keys of epochs that what was taken in names, each held to its commitment there. */
  const learnKeys = async (): Promise<boolean> => {
    let learnt = false
    for (const { collection, epoch, commitment } of (await door.authority()).everyEpoch) {
      if (collection !== collectionZero || zeroKeys.has(epoch)) continue
      const raw = await openZeroKey(epoch)
      if (!raw || epochCommitment(collectionZero, epoch, raw) !== commitment) continue
      zeroKeys.set(epoch, await importContentKey(host, raw))
      learnt = true
    }
    return learnt
  }
  /** In order as far as it goes; of a lane that is set aside whatever is here (JU-39). */
  const advance = async (lane: string, end: number): Promise<boolean> => {
    let moved = false
    const fork = (await view.forks()).get(`${lane}/${collectionZero}`) ?? Infinity
    for (let seq = Math.min(seqOf(lane) + 1, fork); seq <= end; seq++) {
      const name = segmentName(handle, lane, seq)
      const bytes = await store.get(name)
      const answer = bytes && (await door.admit(name, bytes))
      if (answer?.outcome === 'forked') {
        await door.restart([answer.fork])
        return true
      }
      const isTaken = answer && answer.outcome !== 'waiting' && answer.outcome !== 'refused'
      if (!isTaken && seq < fork) break
      if (!isTaken || answer.outcome === 'known') continue
      moved = true
      judged += 1
    }
    return moved
  }
  const beside = { admit: (name: string, object: Uint8Array) => door.admit(name, object), read: (name: string) => store.get(name), named: (lane: string, seq: number) => segmentName(handle, lane, seq) }
  return {
    isForked: async (lane) => (await proveFork(store, door, lane)) !== null,
    state: () => door.authority(),
    vector: () => Object.fromEntries(lanes().map(([lane, head]) => [lane, head.seq])),
    checkpoint: async () => ({ heads: new Map(lanes()), events: await view.authorityEvents(), stateHash: await view.stateHash(), forks: await view.forks() }),
    judged: () => judged,
    async catchUp() {
      for (let moved = true; moved; ) {
        moved = await learnKeys()
        for (const { lane, seq } of await listLanes(store, ids.genesis, collectionZero)) moved = (await advance(lane, seq)) || moved
        const { taken, forks } = await takeBeside(beside, await listBeside(store, ids.genesis, collectionZero))
        if (forks.length > 0) await door.restart(forks)
        moved ||= taken > 0 || forks.length > 0
      }
    },
  }
}
