import { describe, expect, it } from 'vitest'
import { bytesToUtf8, utf8ToBytes } from '../base/bytes.ts'
import { testHost } from '../judge/testing/world.ts'
import { buildBag, type BagInfo } from './bag.ts'
import { manifestToPath, pathToManifest } from './bag-path.ts'
import { nobleDigests } from './testing/noble-digests.ts'
import { digestOf } from './testing/handmade-bag.ts'
import { filesToMemory, memoryTree } from './testing/memory-tree.ts'
import { verifyBag } from './verify-bag.ts'

const info: BagInfo = {
  baggingDate: '2026-07-03',
  sourceOrganization: '磐梯町',
  externalIdentifier: 'urn:fumibako:test',
  externalDescription: '令和8年度\n起案文書',
  softwareAgent: 'Fumibako 0.1.0',
  more: [['Fumibako-Package-Format', '1']],
}
const payload = [
  { path: 'documents/2/signed.pdf', chunks: [utf8ToBytes('%PDF'), utf8ToBytes('-1.4')] },
  { path: 'documents/1/signed.pdf', chunks: [utf8ToBytes('')] },
]

describe('buildBag', () => {
  it('2.13 AR-1 AR-2 writes the payload first, then the four tag files, each digest made of the bytes that passed', async () => {
    const nodes = await filesToMemory(buildBag(payload, info, testHost('bag').subtle))
    expect([...nodes.keys()]).toEqual(['data/documents/2/signed.pdf', 'data/documents/1/signed.pdf', 'bagit.txt', 'bag-info.txt', 'manifest-sha512.txt', 'tagmanifest-sha512.txt'])
    const manifest = bytesToUtf8(nodes.get('manifest-sha512.txt') as Uint8Array)
    expect(manifest).toBe(
      `${digestOf('sha512', new Uint8Array())}  data/documents/1/signed.pdf\n${digestOf('sha512', utf8ToBytes('%PDF-1.4'))}  data/documents/2/signed.pdf\n`,
    )
    expect((await verifyBag(memoryTree(nodes), nobleDigests)).verdict).toEqual({ outcome: 'pass', reasons: [] })
  })

  it('2.13 AR-5 states the payload as octets.streams and keeps every value on one line', async () => {
    const nodes = await filesToMemory(buildBag(payload, info, testHost('bag').subtle))
    expect(bytesToUtf8(nodes.get('bag-info.txt') as Uint8Array).split('\n')).toEqual([
      'Source-Organization: 磐梯町',
      'External-Identifier: urn:fumibako:test',
      'External-Description: 令和8年度 起案文書',
      'Bagging-Date: 2026-07-03',
      'Payload-Oxum: 8.2',
      'Bag-Software-Agent: Fumibako 0.1.0',
      'Fumibako-Package-Format: 1',
      '',
    ])
  })

  it('AR-6 gives the same tag files whatever the order of the payload', async () => {
    const there = await filesToMemory(buildBag(payload, info, testHost('bag').subtle))
    const back = await filesToMemory(buildBag(payload.toReversed(), info, testHost('bag').subtle))
    for (const tag of ['bag-info.txt', 'manifest-sha512.txt', 'tagmanifest-sha512.txt']) expect(back.get(tag)).toEqual(there.get(tag))
  })

  it('AR-2 refuses to go on when a file was not read to its end', async () => {
    const files = buildBag(payload, info, testHost('bag').subtle)
    await files.next()
    await expect(files.next()).rejects.toThrow('AR-2')
  })

  it.each(['Documents/a.pdf', '../a.pdf', 'a b.pdf', '起案.pdf', 'con.txt', `${'a'.repeat(41)}.pdf`, 'a/./b', 'x.', `${'a/'.repeat(60)}a`])('AR-4 never writes the payload path %s', async (path) => {
    await expect(filesToMemory(buildBag([{ path, chunks: [] }], info, testHost('bag').subtle))).rejects.toThrow('AR-4')
  })

  it('AR-4 never writes the same path twice', async () => {
    await expect(filesToMemory(buildBag([{ path: 'a', chunks: [] }, { path: 'a', chunks: [] }], info, testHost('bag').subtle))).rejects.toThrow('AR-4')
  })

  it('AR-3 percent-encodes CR, LF and % in a manifest, and nothing else', () => {
    expect(pathToManifest('data/a%\r\nあ b')).toBe('data/a%25%0D%0Aあ b')
    expect(manifestToPath('data/a%25%0d%0Aあ%20b')).toBe('data/a%\r\nあ%20b')
  })
})
