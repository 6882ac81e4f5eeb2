// A finished package of a working town hall, in memory: what the tests of the command line verify and spoil.
// Never imported by product code.

import { readFileSync } from 'node:fs'
import { createAnchor } from '@shared/archive/anchor.ts'
import type { TownData } from '@shared/authority/model.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { packageBag } from '@shared/archive/package.ts'
import { filesToMemory } from '@shared/archive/testing/memory-tree.ts'
import { buildTrail, type Trail } from '@shared/archive/trail.ts'
import { verifyTrail, type TrailAnchor } from '@shared/archive/verify-trail.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { readMarkFace } from '@shared/pdf/mark-face.ts'
import { nodeHost } from '../../main/services/node-host.ts'
import { openTownHall, type TownHall, type TownHallInput } from './town-hall.ts'

const file = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../${path}`, import.meta.url)))

export async function openTestTownHall(kind: 'practice' | 'real' = 'practice', town: TownData = sampleTown, says?: TownHallInput['says']): Promise<TownHall> {
  return openTownHall(nodeHost, {
    kind,
    town,
    ...(says ? { says } : {}),
    printed: file('shared/pdf/testing/corpus/cover-sheet.pdf'),
    fonts: {
      primary: readMarkFace(file('node_modules/@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf')),
      fallback: readMarkFace(file('node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf')),
    },
  })
}

export function anchorOf(hall: TownHall): TrailAnchor {
  const anchor = createAnchor(hall.founded.rootCertificate, crypto.subtle)
  if (anchor === null) throw new Error('the root certificate parses')
  return anchor
}

/** The package as path → bytes. */
export async function packageOf(hall: TownHall, documents: readonly string[], trail: Trail = buildTrail(hall.trailInput(documents))): Promise<Map<string, Uint8Array>> {
  return filesToMemory(
    packageBag(
      {
        trail,
        proof: await verifyTrail(nodeHost, trail, anchorOf(hall)),
        documents,
        content: hall.content,
        register: utf8ToBytes('\ufeff分類,名称\r\n'),
        title: '令和8年度 庶務 <一般>',
        identifier: 'export-1',
        date: '2026-10-01',
        software: 'Fumibako test',
      },
      nodeHost.subtle,
    ),
  )
}
