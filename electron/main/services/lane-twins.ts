// Segments that lie beside a lane because their number was taken (SY-14): which there are on this disk. It judges none of them.

import type { Fork } from '@shared/judge/forks.ts'
import type { Door } from '@shared/judge/door.ts'
import type { NamedSegment } from '@shared/judge/forked-lanes.ts'
import type { BesideLane } from '@shared/judge/take-beside.ts'
import { collectionHandle, segmentName, seqName, twinFolder } from '@shared/log/names.ts'
import type { ObjectStore } from './object-store.ts'

/** Of one collection, by lane and number. */
export function listBeside(store: ObjectStore, genesis: string, collection: string): Promise<readonly BesideLane[]> {
  return besideIn(store, twinFolder(collectionHandle(genesis, collection)))
}

async function besideIn(store: ObjectStore, folder: string): Promise<readonly BesideLane[]> {
  const found: BesideLane[] = []
  for (const lane of await store.list(folder)) {
    for (const seq of await store.list(`${folder}/${lane}`)) {
      for (const name of await store.list(`${folder}/${lane}/${seq}`)) found.push({ lane, seq: Number(seq), name: `${folder}/${lane}/${seq}/${name}` })
    }
  }
  return found
}

/** Every segment of a number: the one under the lane's name first. */
export async function candidatesOn(store: ObjectStore, genesis: string, collection: string, lane: string, seq: number): Promise<readonly NamedSegment[]> {
  const handle = collectionHandle(genesis, collection)
  const folder = `${twinFolder(handle)}/${lane}/${seqName(seq)}`
  const names = [segmentName(handle, lane, seq), ...(await store.list(folder)).map((name) => `${folder}/${name}`)]
  const found: NamedSegment[] = []
  for (const name of names) {
    const bytes = await store.get(name)
    if (bytes) found.push({ name, bytes })
  }
  return found
}

/** Does anything lie beside this lane, in any collection? */
export async function hasBeside(store: ObjectStore, lane: string): Promise<boolean> {
  for (const handle of await store.list('x')) if ((await store.list(`x/${handle}/${lane}`)).length > 0) return true
  return false
}

/** The first proof on this disk that a lane is forked, in whatever collection; null when there is none. */
export async function proveFork(store: ObjectStore, door: Pick<Door, 'proves'>, lane: string): Promise<Fork | null> {
  for (const handle of await store.list('x')) {
    const beside = (await besideIn(store, `x/${handle}`)).filter((one) => one.lane === lane)
    for (const { name } of beside) {
      const bytes = await store.get(name)
      const fork = bytes && (await door.proves(bytes))
      if (fork) return fork
    }
  }
  return null
}
