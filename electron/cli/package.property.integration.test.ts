import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { memoryTree } from '@shared/archive/testing/memory-tree.ts'
import { parseTrail, trailToBytes, type TrailSegment } from '@shared/archive/trail.ts'
import { trailReading } from '@shared/archive/readings.ts'
import { verifyFolder } from '@shared/archive/verify-package.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { nodeDigests } from '../main/services/node-digests.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { openTestTownHall, packageOf } from './testing/package.ts'
import { headerOf, rebag, trailOf, withFile } from './testing/rebag.ts'
import type { TownHall } from './testing/town-hall.ts'

let hall: TownHall
let good: Map<string, Uint8Array>
let leaves: readonly (readonly (string | number)[])[]

beforeAll(async () => {
  hall = await openTestTownHall()
  await hall.decide('doc-1', '町道の修繕について（伺い）')
  good = await packageOf(hall, ['doc-1'])
  const trail = trailOf(good)
  const ends = lastOfRuns(trail.segments)
  leaves = leavesOf(expand(decodeCbor(trailToBytes(trail)))).filter(([part, at, field]) => !(part === 's' && ends.has(Number(at)) && (field === 'e' || field === 'k')))
})

/** AR-46 of the last segment of a run no header names the chain hash: its epoch and the hash of its sealed header prove and say nothing. */
function lastOfRuns(segments: readonly TrailSegment[]): ReadonlySet<number> {
  const last = new Map<string, { readonly at: number; readonly seq: number }>()
  for (const [at, segment] of segments.entries()) {
    const { collection, lane, seq } = headerOf(segment)
    if (seq > (last.get(`${collection}/${lane}`)?.seq ?? 0)) last.set(`${collection}/${lane}`, { at, seq })
  }
  return new Set([...last.values()].map(({ at }) => at))
}

const runs = { seed: 20261001, numRuns: 60 }

/** Bytes that are themselves CBOR are opened, so that a mutation reaches headers, sessions and events. */
type Tree = unknown
interface Inner {
  readonly inner: Tree
}

function expand(value: unknown): Tree {
  if (value instanceof Uint8Array) {
    const inner = value.length > 65 ? decodeCbor(value) : null
    return inner !== null && typeof inner === 'object' && !(inner instanceof Uint8Array) ? ({ inner: expand(inner) } satisfies Inner) : value
  }
  if (Array.isArray(value)) return value.map(expand)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item)]))
  return value
}

function collapse(value: Tree): unknown {
  if (value instanceof Uint8Array || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(collapse)
  const entries = Object.entries(value)
  if (entries.length === 1 && entries[0]?.[0] === 'inner') return encodeCbor(collapse(entries[0][1]))
  return Object.fromEntries(entries.map(([key, item]) => [key, collapse(item)]))
}

function leavesOf(value: Tree, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [path]
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]))
}

function mutated(value: Tree, [key, ...rest]: readonly (string | number)[], by: number): Tree {
  if (key !== undefined) {
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
    copy[key] = mutated(copy[key], rest, by)
    return copy
  }
  if (value instanceof Uint8Array) return value.length === 0 ? Uint8Array.of(by) : value.map((byte, i) => (i === by % value.length ? byte ^ 1 : byte))
  if (typeof value === 'string') return by % 3 === 0 ? '' : `${value.slice(1)}${String.fromCharCode(0x61 + (by % 26))}`
  if (typeof value === 'number') return by % 2 === 0 ? value + 1 : Number.MAX_SAFE_INTEGER
  return value === null ? by : null
}

function judge(nodes: ReadonlyMap<string, Uint8Array>) {
  return verifyFolder(memoryTree(nodes), { host: nodeHost, digests: nodeDigests, roots: [hall.founded.rootCertificate], subtle: crypto.subtle, at: '2026-10-02T00:00:00Z' })
}

describe('a trail with any single value changed, everything about it made to fit', () => {
  it('2.14 AR-43 AR-45 never passes and never breaks the verifier', async () => {
    const tree = expand(decodeCbor(trailToBytes(trailOf(good))))
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat({ max: 1 << 20 }), async (at, by) => {
        const path = leaves[at % leaves.length] as readonly (string | number)[]
        const bytes = encodeCbor(collapse(mutated(tree, path, by)))
        const trail = parseTrail(bytes)
        const nodes = trail === null ? good : withFile(good, 'data/trail.json', trailReading(trail))
        const { verdict } = await judge(withFile(nodes, 'data/trail.cbor', bytes))
        expect([path.join('.'), verdict.outcome]).not.toEqual([path.join('.'), 'pass'])
        expect(verdict.reasons.length).toBeGreaterThan(0)
      }),
      runs,
    )
  }, 120_000)

  it('2.14 AR-10 AR-33 whatever stands in the readings, the answer is a verdict', async () => {
    const paths = ['data/documents/1/document.json', 'data/trail.json', 'data/trust/root.pem', 'data/trust/root.crl', 'data/trail.cbor', 'bag-info.txt']
    const content = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map((json) => new TextEncoder().encode(json)))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), content, async (path, bytes) => {
        const changed = new Map(good).set(path, bytes)
        const { verdict } = await judge(path === 'bag-info.txt' ? changed : rebag(changed))
        expect([path, verdict.outcome]).toEqual([path, 'fail'])
      }),
      { ...runs, numRuns: 40 },
    )
  }, 120_000)
})
