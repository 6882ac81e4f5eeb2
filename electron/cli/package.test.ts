import { beforeAll, describe, expect, it } from 'vitest'
import { nodeDigests } from '../main/services/node-digests.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { memoryTree, type MemoryNode } from '@shared/archive/testing/memory-tree.ts'
import { verifyFolder } from '@shared/archive/verify-package.ts'
import type { Report } from '@shared/archive/report.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { openTestTownHall, packageOf } from './testing/package.ts'
import type { TownHall } from './testing/town-hall.ts'

let hall: TownHall
let good: Map<string, Uint8Array>
const photo = { name: '現場 \u{20BB7}\u{E0100}.JPG', bytes: utf8ToBytes('jpeg') }

beforeAll(async () => {
  hall = await openTestTownHall()
  await hall.decide('doc-1', '町道の\uFA11繕について（伺い）<script>', [photo])
  await hall.decide('doc-2', '別の文書')
  good = await packageOf(hall, ['doc-1'])
})

function judge(nodes: ReadonlyMap<string, MemoryNode>, roots: readonly Uint8Array[] | null = [hall.founded.rootCertificate]): Promise<Report> {
  return verifyFolder(memoryTree(nodes), { host: nodeHost, digests: nodeDigests, roots, subtle: crypto.subtle, at: '2026-10-02T00:00:00Z' })
}

describe('a package', () => {
  it('2.13 2.14 passes under its root', async () => {
    const report = await judge(good)
    expect(report.verdict).toEqual({ outcome: 'pass', reasons: [{ code: 'time-not-attested' }] })
  })
})
