import { describe, expect, it } from 'vitest'
import { bytesToUtf8, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { err } from '../base/result.ts'
import type { FileTree } from './ports.ts'
import { nobleDigests } from './testing/noble-digests.ts'
import { digestOf, handmadeBag, retag } from './testing/handmade-bag.ts'
import { memoryTree, type MemoryNode } from './testing/memory-tree.ts'
import { verifyBag } from './verify-bag.ts'

async function judge(nodes: ReadonlyMap<string, MemoryNode>): Promise<{ outcome: string; codes: readonly string[] }> {
  const { verdict } = await verifyBag(memoryTree(nodes), nobleDigests)
  return { outcome: verdict.outcome, codes: verdict.reasons.map((r) => r.code) }
}

function withText(path: string, edit: (text: string) => string, nodes = handmadeBag()): Map<string, Uint8Array> {
  nodes.set(path, utf8ToBytes(edit(bytesToUtf8(nodes.get(path) as Uint8Array))))
  return path.startsWith('tagmanifest-') || path.startsWith('data/') ? nodes : retag(nodes)
}

const passes = { outcome: 'pass', codes: [] }

describe('bags that are right', () => {
  it.each([
    ['with LF', handmadeBag()],
    ['with CRLF', handmadeBag({ lineEnd: '\r\n' })],
    ['with CR', handmadeBag({ lineEnd: '\r' })],
    ['with upper-case checksums', handmadeBag({ upper: true })],
    ['of sha256', handmadeBag({ algorithms: ['sha256'], tagAlgorithms: ['sha256'] })],
    ['of four algorithms', handmadeBag({ algorithms: ['sha224', 'sha256', 'sha384', 'sha512'] })],
    ['without bag-info.txt', handmadeBag({ info: null })],
    ['without tag manifest', handmadeBag({ tagAlgorithms: [] })],
    ['with other tag files', handmadeBag({ more: { 'metadata/mets.xml': '<mets/>' } })],
    ['with tag files called almost like manifests', handmadeBag({ more: { 'manifest-sha512.txt.old': 'hello', 'old-manifest-sha512.txt': 'hello', 'more/manifest-sha512.txt': 'hello' } })],
    ['with a last line not ended', withText('manifest-sha512.txt', (t) => t.trimEnd())],
    ['with tabs', withText('manifest-sha512.txt', (t) => t.replaceAll('  ', '\t '))],
    ['with repeated metadata and continuation', handmadeBag({ info: 'Contact-Name: a\nContact-Name: b\nExternal-Description: long\n  longer: still\n' })],
    ['with spaces and Japanese in names', handmadeBag({ payload: { 'data/起案 文書.txt': 'x', 'data/ファイル.txt': 'y' } })],
  ])('2.14 AR-10 AR-12 a bag %s passes', async (_, nodes) => {
    expect(await judge(nodes)).toEqual(passes)
  })

  it('AR-12 an empty payload passes when the folder is there, and not when it is not', async () => {
    expect(await judge(new Map<string, MemoryNode>([...handmadeBag({ payload: {} }), ['data', 'directory']]))).toEqual(passes)
    expect(await judge(handmadeBag({ payload: {} }))).toEqual({ outcome: 'fail', codes: ['data-missing'] })
  })

  it('AR-18 tag files in UTF-16 are read as declared, and that is said', async () => {
    const nodes = handmadeBag({ bagit: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n' })
    for (const [path, bytes] of nodes) {
      if (!path.endsWith('.txt') || path.startsWith('data/') || path === 'bagit.txt' || path.startsWith('tagmanifest')) continue
      nodes.set(path, toUtf16(bytesToUtf8(bytes)))
    }
    retag(nodes)
    nodes.set('tagmanifest-sha512.txt', toUtf16(bytesToUtf8(nodes.get('tagmanifest-sha512.txt') as Uint8Array)))
    expect(await judge(nodes)).toEqual({ outcome: 'pass', codes: ['encoding-not-utf8'] })
  })
})

function toUtf16(text: string): Uint8Array {
  const units = [0xfeff, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))]
  return Uint8Array.from(units.flatMap((u) => [u >> 8, u & 255]))
}

describe('bags that pass with a word', () => {
  it.each(['md5', 'sha1'] as const)('2.14 AR-15 %s is weak and said to be', async (name) => {
    expect(await judge(handmadeBag({ algorithms: [name] }))).toEqual({ outcome: 'pass', codes: ['algorithm-weak'] })
  })

  it('2.14 AR-22 a name listed in NFC and stored in NFD passes with a warning', async () => {
    const nodes = handmadeBag({ payload: { 'data/\u304c.txt': 'x' } })
    nodes.set('data/\u304b\u3099.txt', nodes.get('data/\u304c.txt') as Uint8Array)
    nodes.delete('data/\u304c.txt')
    expect(await judge(nodes)).toEqual({ outcome: 'pass', codes: ['name-normalised'] })
  })

  it('AR-22 names that differ only by case are said to collide', async () => {
    expect(await judge(handmadeBag({ payload: { 'data/a': '1', 'data/A': '2' } }))).toEqual({ outcome: 'pass', codes: ['names-collide'] })
  })

  it('AR-16 names that another system cannot hold are said to be so', async () => {
    expect(await judge(handmadeBag({ payload: { 'data/con.txt': '1', 'data/a\\b': '2' } }))).toEqual({ outcome: 'pass', codes: ['path-not-portable', 'path-not-portable'] })
  })

  it('AR-12 marks of md5sum and ./ are read and said', async () => {
    expect(await judge(withText('manifest-sha512.txt', (t) => t.replace('  data/a', ' *data/a').replace('  data/d', '  ./data/d')))).toEqual({
      outcome: 'pass',
      codes: ['manifest-decoration', 'manifest-decoration'],
    })
  })

  it('AR-16 AR-22 every kind of name that another system refuses gets a word, and no other does', async () => {
    const portable = ['data/a b', 'data/起案', 'data/console', 'data/.hidden', 'data/com10']
    const not = ['data/a.', 'data/a ', 'data/nul', 'data/a?b', 'data/com1.txt']
    expect(await judge(handmadeBag({ payload: Object.fromEntries(portable.map((path) => [path, 'x'])) }))).toEqual(passes)
    for (const path of not) expect([path, await judge(handmadeBag({ payload: { [path]: 'x' } }))]).toEqual([path, { outcome: 'pass', codes: ['path-not-portable'] }])
  })

  it('AR-11 labels of the declaration in other letters are read and said', async () => {
    for (const bagit of ['bagit-version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'BagIt-Version: 1.0\nTag-file-character-encoding: UTF-8\n']) expect(await judge(handmadeBag({ bagit }))).toEqual({ outcome: 'pass', codes: ['declaration-spelling'] })
  })

  it('AR-18 bytes that would be a mark in UTF-8 are letters in another encoding', async () => {
    const nodes = handmadeBag({ bagit: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: windows-1252\n' })
    nodes.set('bag-info.txt', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8ToBytes('x: y\n')))
    expect(await judge(retag(nodes))).toEqual({ outcome: 'pass', codes: ['encoding-not-utf8'] })
  })

  it('AR-24 before 1.0 one manifest of several suffices for a file, and one it must be', async () => {
    const older = (edit: (text: string) => string): Map<string, Uint8Array> => withText('manifest-sha256.txt', edit, handmadeBag({ bagit: 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n', algorithms: ['sha256', 'sha512'] }))
    expect(await judge(older((t) => t.replace(/.*a\.txt\n/, '')))).toEqual({ outcome: 'pass', codes: ['version-older'] })
    expect(await judge(older((t) => t).set('data/new', new Uint8Array()))).toEqual({ outcome: 'fail', codes: ['version-older', 'file-unlisted', 'oxum-differs'] })
    const now = withText('manifest-sha256.txt', (t) => t.replace(/.*a\.txt\n/, ''), handmadeBag({ algorithms: ['sha256', 'sha512'] }))
    expect(await judge(now)).toEqual({ outcome: 'fail', codes: ['file-unlisted'] })
  })

  it('AR-24 an older version is judged by the rules of 1.0 and said', async () => {
    expect(await judge(handmadeBag({ bagit: 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n' }))).toEqual({ outcome: 'pass', codes: ['version-older'] })
  })

  it('AR-20 a fetch.txt whose files have all come is only mentioned', async () => {
    expect(await judge(handmadeBag({ more: { 'fetch.txt': 'https://example.jp/a - data/a.txt\n' } }))).toEqual({ outcome: 'pass', codes: ['fetch-complete'] })
    expect(await judge(handmadeBag({ more: { 'fetch.txt': '' } }))).toEqual(passes)
  })
})

describe('bags that cannot be judged', () => {
  it('2.14 AR-20 files still to be fetched leave the answer open', async () => {
    const nodes = handmadeBag({ more: { 'fetch.txt': 'https://example.jp/a 9 data/a.txt\n' } })
    nodes.delete('data/a.txt')
    expect(await judge(nodes)).toEqual({ outcome: 'unknown', codes: ['file-to-fetch'] })
    nodes.set('fetch.txt', utf8ToBytes('https://example.jp/a 9 data/a.txt\nhttps://example.jp/b 3 data/deep/b.bin\n'))
    expect(await judge(retag(nodes))).toEqual({ outcome: 'unknown', codes: ['file-to-fetch'] })
  })

  it('AR-24 a newer version is not guessed at', async () => {
    for (const version of ['1.1', '2.0', '10.7']) {
      const nodes = handmadeBag({ bagit: `BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n` })
      nodes.set('data/a.txt', utf8ToBytes('changed'))
      nodes.delete('manifest-sha512.txt')
      expect(await judge(nodes)).toEqual({ outcome: 'unknown', codes: ['version-newer'] })
    }
  })

  it('AR-15 a manifest of an unknown algorithm leaves the answer open', async () => {
    expect(await judge(handmadeBag({ more: { 'manifest-blake3.txt': 'aa  data/a.txt\n' } }))).toEqual({ outcome: 'unknown', codes: ['algorithm-unknown'] })
  })

  it('AR-18 an unknown encoding leaves the answer open', async () => {
    const { outcome, codes } = await judge(handmadeBag({ bagit: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON-8\n' }))
    expect([outcome, codes[0], codes.includes('encoding-unknown')]).toEqual(['unknown', 'encoding-not-utf8', true])
  })

  it('AR-23 a file that cannot be read leaves the answer open', async () => {
    expect(await judge(new Map<string, MemoryNode>([...handmadeBag({ tagAlgorithms: [] }), ['metadata/x', 'unreadable']]))).toEqual({ outcome: 'unknown', codes: ['file-unreadable'] })
  })
})

const other = digestOf('sha512', utf8ToBytes('other'))
const line = (path: string) => (text: string) => `${text}${other}  ${path}\n`

/** The tree of these nodes, but that it says other things of them, and fails to read some. */
function treeThat(nodes: ReadonlyMap<string, MemoryNode>, { sizes = {}, unreadable = [], opened = [] }: { readonly sizes?: Readonly<Record<string, number>>; readonly unreadable?: readonly string[]; readonly opened?: string[] }): FileTree {
  const tree = memoryTree(nodes)
  return {
    async *entries() {
      for await (const entry of tree.entries()) yield { ...entry, size: sizes[entry.path] ?? entry.size }
    },
    async read(path, take) {
      opened.push(path)
      return unreadable.includes(path) ? err({ type: 'FileUnreadable', path, retry: 'later' }) : tree.read(path, take)
    },
  }
}

async function judgeTree(tree: FileTree): Promise<{ outcome: string; codes: readonly string[] }> {
  const { verdict } = await verifyBag(tree, nobleDigests)
  return { outcome: verdict.outcome, codes: verdict.reasons.map((r) => r.code) }
}

describe('folders that cannot be looked at whole', () => {
  it('2.14 AR-23 a file that cannot be read leaves the answer open, whichever it is', async () => {
    for (const path of ['data/a.txt', 'bag-info.txt', 'manifest-sha512.txt', 'bagit.txt']) {
      const nodes = handmadeBag({ tagAlgorithms: [] })
      const { verdict } = await verifyBag(treeThat(nodes, { unreadable: [path] }), nobleDigests)
      expect([path, verdict.outcome, verdict.reasons.filter(({ code }) => code === 'file-unreadable')]).toEqual([path, path === 'manifest-sha512.txt' ? verdict.outcome : 'unknown', [{ code: 'file-unreadable', facts: { path } }]])
    }
  })

  it('AR-10 AR-23 a tag file beyond reading and a folder beyond counting leave the answer open', async () => {
    expect(await judgeTree(treeThat(handmadeBag({ tagAlgorithms: [] }), { sizes: { 'bag-info.txt': 2 ** 40 } }))).toEqual({ outcome: 'unknown', codes: ['tag-file-too-large'] })
    const endless: FileTree = {
      async *entries() {
        for (let n = 0; n <= 2_000_001; n++) yield { path: 'data', kind: 'directory', size: 0 }
        throw new Error('looked on')
      },
      read: async (path) => err({ type: 'FileUnreadable', path, retry: 'later' }),
    }
    expect((await judgeTree(endless)).codes).toContain('too-many-files')
  })

  it('2.14 AR-16 never opens what lies outside, even where a file has that name', async () => {
    const opened: string[] = []
    const nodes = withText('tagmanifest-sha512.txt', line('~root')).set('~root', utf8ToBytes('other'))
    expect((await judgeTree(treeThat(nodes, { opened }))).codes).toContain('path-unsafe')
    expect(opened).toContain('data/a.txt')
    expect(opened).not.toContain('~root')
  })

  it('AR-12 AR-17 what is no folder is not the payload, and what is no file is none', async () => {
    const empty = handmadeBag({ payload: {}, more: { 'metadata/x': 'y' } })
    expect((await judge(empty)).codes).toEqual(['data-missing'])
    expect((await judge(new Map<string, MemoryNode>([...empty, ['data', new Uint8Array()]]))).codes).toContain('data-missing')
    const report = await verifyBag(memoryTree(new Map<string, MemoryNode>([...handmadeBag(), ['data/link', 'symlink']])), nobleDigests)
    expect([report.files.has('data/link'), report.payload.files]).toEqual([false, 2])
  })
})

describe('bags that are wrong', () => {
  it.each([
    ['AR-11 no declaration', withDeleted('bagit.txt'), 'declaration-missing'],
    ['AR-11 a declaration of one line', withText('bagit.txt', (t) => t.split('\n')[0] as string), 'declaration-malformed'],
    ['AR-11 a third line', withText('bagit.txt', (t) => `${t}\n`), 'declaration-malformed'],
    ['AR-11 a space before the colon', withText('bagit.txt', (t) => t.replace(':', ' :')), 'declaration-malformed'],
    ['AR-18 a byte-order mark in the declaration', withText('bagit.txt', (t) => `\ufeff${t}`), 'byte-order-mark'],
    ['AR-18 a byte-order mark in a manifest', withText('manifest-sha512.txt', (t) => `\ufeff${t}`), 'byte-order-mark'],
    ['AR-18 a manifest that is not UTF-8', retag(handmadeBag().set('manifest-sha512.txt', Uint8Array.of(0xff, 0xfe, 0x41))), 'encoding-wrong'],
    ['AR-12 no payload manifest', withDeleted('manifest-sha512.txt'), 'manifest-missing'],
    ['AR-12 a malformed line', withText('manifest-sha512.txt', (t) => `${t}hello\n`), 'manifest-line'],
    ['AR-12 a checksum of the wrong length', withText('manifest-sha512.txt', (t) => t.slice(2)), 'manifest-line'],
    ['AR-12 a duplicate line', withText('manifest-sha512.txt', (t) => t + t), 'listed-twice'],
    ['AR-12 one file under two spellings', withText('manifest-sha512.txt', (t) => t + t.replaceAll('data/', './data/')), 'listed-twice'],
    ['AR-12 a tag file in a payload manifest', withText('manifest-sha512.txt', line('bagit.txt')), 'manifest-outside-data'],
    ['AR-13 a missing file', withDeleted('data/a.txt'), 'file-missing'],
    ['AR-13 an extra file', handmadeBag().set('data/extra', new Uint8Array()), 'file-unlisted'],
    ['AR-13 a folder listed as a file', withText('manifest-sha512.txt', line('data/deep')), 'file-missing'],
    ['AR-14 a flipped byte', handmadeBag().set('data/deep/b.bin', utf8ToBytes('bbc')), 'checksum-differs'],
    ['AR-13 a name in other letters than it is listed', withText('manifest-sha512.txt', (t) => t.replace('data/a.txt', 'data/A.txt')), 'file-missing'],
    ['AR-14 a longer file', handmadeBag().set('data/deep/b.bin', utf8ToBytes('bbbb')), 'oxum-differs'],
    ['AR-16 a path that climbs out', withText('manifest-sha512.txt', line('data/../../etc/passwd')), 'path-unsafe'],
    ['AR-16 a path that climbs and comes back', withText('manifest-sha512.txt', line('data/deep/../a.txt')), 'path-unsafe'],
    ['AR-16 an absolute path', withText('manifest-sha512.txt', line('/etc/passwd')), 'path-unsafe'],
    ['AR-16 a home folder', withText('manifest-sha512.txt', line('~root/x')), 'path-unsafe'],
    ['AR-16 a drive letter', withText('manifest-sha512.txt', line('C:\\x')), 'path-unsafe'],
    ['AR-16 backslashes that climb', withText('manifest-sha512.txt', line('data\\..\\..\\x')), 'path-unsafe'],
    ['AR-16 a tag path that climbs out', withText('tagmanifest-sha512.txt', line('../x')), 'path-unsafe'],
    ['AR-16 a decorated path that climbs out', withText('manifest-sha512.txt', line('*../x')), 'path-unsafe'],
    ['AR-19 a malformed Payload-Oxum', withText('bag-info.txt', (t) => t.replace(/Oxum: .*/, 'Oxum: many')), 'oxum-malformed'],
    ['AR-19 other octets', withText('bag-info.txt', (t) => t.replace(/Oxum: .*/, 'Oxum: 13.2')), 'oxum-differs'],
    ['AR-19 another number of files', withText('bag-info.txt', (t) => t.replace(/Oxum: .*/, 'Oxum: 12.3')), 'oxum-differs'],
    ['AR-19 a continued line that continues none', withText('bag-info.txt', (t) => `  x\n${t}`), 'bag-info-line'],
    ['AR-19 two Payload-Oxum', withText('bag-info.txt', (t) => `${t}payload-oxum: 1.1\n`), 'oxum-repeated'],
    ['AR-19 a line of bag-info.txt without colon', withText('bag-info.txt', (t) => `${t}hello\n`), 'bag-info-line'],
    ['AR-20 a malformed fetch line', handmadeBag({ more: { 'fetch.txt': 'data/a.txt\n' } }), 'fetch-line'],
    ['AR-20 a fetch line that climbs out', handmadeBag({ more: { 'fetch.txt': 'https://example.jp - data/../../x\n' } }), 'path-unsafe'],
    ['AR-20 a fetch line for a tag file', handmadeBag({ more: { 'fetch.txt': 'https://example.jp - bagit.txt\n' } }), 'fetch-outside-data'],
    ['AR-20 a fetch line for an unlisted file', handmadeBag({ more: { 'fetch.txt': 'https://example.jp - data/z\n' } }), 'fetch-unlisted'],
    ['AR-20 a fetch line for what one of two manifests leaves out', withText('manifest-sha256.txt', (t) => t.replace(/.*a\.txt\n/, ''), withoutA(handmadeBag({ algorithms: ['sha256', 'sha512'], more: { 'fetch.txt': 'https://example.jp - data/a.txt\n' } }))), 'fetch-unlisted'],
    ['AR-21 a changed tag file', handmadeBag().set('bag-info.txt', utf8ToBytes('a: b\n')), 'checksum-differs'],
    ['AR-21 a missing tag file', withDeleted('bag-info.txt'), 'file-missing'],
    ['AR-21 a tag manifest that lists the payload', withText('tagmanifest-sha512.txt', line('data/a.txt')), 'tagmanifest-lists-payload'],
    ['AR-21 a tag manifest that lists itself', withText('tagmanifest-sha512.txt', line('tagmanifest-sha512.txt')), 'tagmanifest-lists-itself'],
    ['AR-21 a tag manifest that omits a payload manifest', withText('tagmanifest-sha512.txt', (t) => t.replace(/.*manifest-sha512.txt\n/, '')), 'tagmanifest-omits-manifest'],
  ] as const)('2.14 %s fails', async (_, nodes, code) => {
    const { outcome, codes } = await judge(nodes)
    expect(outcome).toBe('fail')
    expect(codes).toContain(code)
  })

  it.each([
    ['symlink', 'symlink'],
    ['special', 'special-file'],
    ['undecodable', 'name-not-unicode'],
  ] as const)('2.14 AR-17 a %s anywhere fails, also in place of a listed file', async (kind, code) => {
    for (const path of ['data/a.txt', 'data/new', 'metadata/new', 'bagit.txt', 'data']) {
      const { outcome, codes } = await judge(new Map<string, MemoryNode>([...handmadeBag(), [path, kind]]))
      expect([path, outcome, codes.includes(code)]).toEqual([path, 'fail', true])
    }
  })

  it('AR-10 a thousand losses are told by twenty examples and a number', async () => {
    const nodes = handmadeBag({ payload: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`data/${i}`, `${i}`])) })
    for (let i = 0; i < 1000; i++) nodes.delete(`data/${i}`)
    const { verdict } = await verifyBag(memoryTree(new Map<string, MemoryNode>([...nodes, ['data', 'directory']])), nobleDigests)
    expect(verdict.reasons.filter((r) => r.code === 'file-missing')).toHaveLength(20)
    expect(verdict.reasons).toContainEqual({ code: 'more-of-the-same', facts: { kind: 'file-missing', count: 980 } })
  })

  it('AR-10 stops when told to', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(verifyBag(memoryTree(handmadeBag()), nobleDigests, stop.signal)).rejects.toThrow('abort')
  })
})

function withoutA(nodes: Map<string, Uint8Array>): Map<string, Uint8Array> {
  nodes.delete('data/a.txt')
  return nodes
}

function withDeleted(path: string): Map<string, Uint8Array> {
  const nodes = handmadeBag()
  nodes.delete(path)
  return nodes
}

describe('what a report tells besides', () => {
  it('names the algorithm that vouches for each file and the tag files nobody vouches for', async () => {
    const nodes = handmadeBag({ algorithms: ['md5', 'sha256'] }).set('loose.txt', concatBytes())
    const report = await verifyBag(memoryTree(nodes), nobleDigests)
    expect(report.vouched.get('data/a.txt')).toBe('sha256')
    expect(report.unlistedTags).toEqual(['loose.txt'])
    expect(report.payload).toEqual({ files: 2, octets: 12 })
    const wrong = withText('manifest-sha256.txt', (t) => t.replace(/^./, (c) => (c === '0' ? '1' : '0')), handmadeBag({ algorithms: ['md5', 'sha256'] }))
    expect([...(await verifyBag(memoryTree(wrong), nobleDigests)).vouched.keys()].filter((path) => path.startsWith('data/'))).toEqual(['data/deep/b.bin'])
    expect(report.info[0]).toEqual({ label: 'Source-Organization', value: '磐梯町' })
  })
})
