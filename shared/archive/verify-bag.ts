// Judges any BagIt bag by RFC 8493 (version 1.0): complete, and every checksum right. It answers for the bytes and
// their names only, never for who made them. Whatever the folder holds, the answer is a verdict, never an exception.

import { concatBytes } from '../base/bytes.ts'
import type { Verdict } from '../base/verdict.ts'
import { judgePath, pathToCollisionKey } from './bag-path.ts'
import { decodeTagFile, parseBagInfo, parseDeclaration, parseFetch, parseManifest, type Declaration, type InfoElement, type ManifestLine } from './bag-text.ts'
import { createFindings, type Findings } from './findings.ts'
import { digestLengths, isDigestName, type DigestName, type Digests, type FileTree, type TreeEntry } from './ports.ts'

export interface BagReport {
  readonly verdict: Verdict
  /** What bagit.txt declares; null when it is missing or malformed. */
  readonly declaration: Declaration | null
  readonly info: readonly InfoElement[]
  /** Sizes of all ordinary files, by path. */
  readonly files: ReadonlyMap<string, number>
  /** What lies under data/. */
  readonly payload: { readonly files: number; readonly octets: number }
  /** Every file of the bag whose checksum was found right, by the strongest algorithm that vouches for it. */
  readonly vouched: ReadonlyMap<string, DigestName>
  /** Tag files that no tag manifest lists (allowed by the RFC; tag manifests themselves left out). */
  readonly unlistedTags: readonly string[]
}

interface Claim {
  readonly manifest: string
  readonly algorithm: DigestName
  readonly digest: string
}

/** What is known while judging. */
interface Inspection {
  readonly tree: FileTree
  readonly digests: Digests
  readonly found: Findings
  readonly files: ReadonlyMap<string, TreeEntry>
  readonly byKey: ReadonlyMap<string, string>
  /** Claims by the path on disk. */
  readonly claims: Map<string, Claim[]>
  encoding: string
  /** Before 1.0 a payload file had to be listed in one manifest only. */
  older: boolean
}

const tagFileLimit = 256 * 1024 * 1024
const entryLimit = 2_000_000
const weak: ReadonlySet<DigestName> = new Set(['md5', 'sha1'])

/** RFC 8493 3: complete and valid. `signal` stops between files. Rules AR-10 to AR-24. */
export async function verifyBag(tree: FileTree, digests: Digests, signal?: AbortSignal): Promise<BagReport> {
  const found = createFindings()
  const { files, byKey, hasData } = await listFiles(tree, found)
  const look: Inspection = { tree, digests, found, files, byKey, claims: new Map(), encoding: 'UTF-8', older: false }
  const payload = [...files.values()].filter((f) => f.path.startsWith('data/'))
  const sizes = { files: payload.length, octets: payload.reduce((sum, f) => sum + f.size, 0) }
  if (!hasData) found.fail('data-missing')
  const bySize = new Map([...files].map(([path, entry]) => [path, entry.size]))
  const declaration = await readDeclaration(look)
  if (declaration === null || isNewer(declaration)) return { verdict: found.verdict(), declaration, info: [], files: bySize, payload: sizes, vouched: new Map(), unlistedTags: [] }
  const manifests = await readPayloadManifests(look, payload)
  const holes = await readFetch(look, manifests)
  for (const [manifest, paths] of manifests) {
    for (const path of paths) if (!files.has(path) && !holes.has(path)) found.fail('file-missing', { path, manifest })
  }
  const tagged = await readTagManifests(look)
  const info = await readInfo(look, sizes, holes.size > 0)
  const vouched = await compareDigests(look, signal)
  const unlistedTags = [...files.keys()].filter((p) => !p.startsWith('data/') && !/^tagmanifest-[^/]*\.txt$/.test(p) && !tagged.has(p))
  return { verdict: found.verdict(), declaration, info, files: bySize, payload: sizes, vouched, unlistedTags }
}

async function listFiles(tree: FileTree, found: Findings) {
  const files = new Map<string, TreeEntry>()
  const byKey = new Map<string, string>()
  let hasData = false
  let count = 0
  for await (const entry of tree.entries()) {
    if (++count > entryLimit) {
      found.unknown('too-many-files', { limit: entryLimit })
      break
    }
    if (entry.path === 'data' && entry.kind === 'directory') hasData = true
    if (entry.kind === 'symlink') found.fail('symlink', { path: entry.path })
    else if (entry.kind === 'special') found.fail('special-file', { path: entry.path })
    else if (entry.kind === 'undecodable') found.fail('name-not-unicode', { path: entry.path })
    else if (entry.kind === 'unreadable') found.unknown('file-unreadable', { path: entry.path })
    if (entry.kind !== 'file') continue
    const key = pathToCollisionKey(entry.path)
    const other = byKey.get(key)
    if (other !== undefined) found.note('names-collide', { path: entry.path, other })
    else byKey.set(key, entry.path)
    files.set(entry.path, entry)
  }
  return { files, byKey, hasData }
}

async function readText(look: Inspection, path: string, encoding: string): Promise<string | null> {
  const entry = look.files.get(path)
  if (entry !== undefined && entry.size > tagFileLimit) {
    look.found.unknown('tag-file-too-large', { path, limit: tagFileLimit })
    return null
  }
  const parts: Uint8Array[] = []
  const read = await look.tree.read(path, (chunk) => parts.push(chunk.slice()))
  if (!read.ok) {
    look.found.unknown('file-unreadable', { path })
    return null
  }
  const decoded = decodeTagFile(concatBytes(...parts), encoding, path)
  if ('text' in decoded) return decoded.text
  look.found.add({ outcome: decoded.problem.unknown ? 'unknown' : 'fail', reasons: [{ code: decoded.problem.code, facts: decoded.problem.facts ?? {} }] })
  return null
}

async function readDeclaration(look: Inspection): Promise<Declaration | null> {
  const { found } = look
  if (!look.files.has('bagit.txt')) {
    found.fail('declaration-missing')
    return null
  }
  const text = await readText(look, 'bagit.txt', 'UTF-8')
  if (text === null) return null
  const declared = parseDeclaration(text)
  if (declared === null) {
    found.fail('declaration-malformed')
    return null
  }
  if (declared.spelling) found.note('declaration-spelling')
  const version = `${declared.major}.${declared.minor}`
  if (isNewer(declared)) found.unknown('version-newer', { version })
  look.older = declared.major === 0
  if (look.older) found.note('version-older', { version })
  if (!/^utf-?8$/i.test(declared.encoding)) found.note('encoding-not-utf8', { encoding: declared.encoding })
  look.encoding = declared.encoding
  return declared
}

function isNewer({ major, minor }: Declaration): boolean {
  return major > 1 || (major === 1 && minor > 0)
}

/** Manifest names in the base directory: `manifest-<algorithm>.txt` or `tagmanifest-<algorithm>.txt`. */
function manifestNames(look: Inspection, prefix: string): readonly { path: string; algorithm: string }[] {
  const names: { path: string; algorithm: string }[] = []
  for (const path of look.files.keys()) {
    const name = new RegExp(`^${prefix}-([a-z0-9]+)\\.txt$`).exec(path)
    if (name !== null) names.push({ path, algorithm: name[1] as string })
  }
  return names.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

async function readManifest(look: Inspection, path: string, algorithm: string): Promise<readonly ManifestLine[] | null> {
  const { found } = look
  if (!isDigestName(algorithm)) {
    found.unknown('algorithm-unknown', { path, algorithm })
    return null
  }
  if (weak.has(algorithm)) found.note('algorithm-weak', { path, algorithm })
  const text = await readText(look, path, look.encoding)
  if (text === null) return null
  const manifest = parseManifest(text, digestLengths[algorithm])
  for (const line of manifest.malformed) found.fail('manifest-line', { path, line })
  return manifest.lines
}

/** Which file on disk a manifest path means: the same name, or the only one that differs by Unicode normalisation. */
function resolve(look: Inspection, path: string): string {
  if (look.files.has(path)) return path
  const same = look.byKey.get(pathToCollisionKey(path))
  if (same !== undefined && same.normalize('NFC') === path.normalize('NFC')) {
    look.found.note('name-normalised', { path })
    return same
  }
  const plain = path.replace(/^\*/, '').replace(/^(\.\/)+/, '')
  if (plain !== path && look.files.has(plain)) {
    look.found.note('manifest-decoration', { path })
    return plain
  }
  return path
}

/** Adds the claims of one manifest; answers the set of paths (as on disk) that it lists, each judged. */
function addClaims(look: Inspection, manifest: string, algorithm: DigestName, lines: readonly ManifestLine[], payload: boolean): ReadonlySet<string> {
  const { found } = look
  const listed = new Set<string>()
  for (const line of lines) {
    const safe = judgePath(line.path.replace(/^\*/, ''))
    found.add(safe)
    if (safe.outcome === 'fail') continue
    const path = resolve(look, line.path)
    if (path.startsWith('data/') !== payload) {
      found.fail(payload ? 'manifest-outside-data' : 'tagmanifest-lists-payload', { path: line.path, manifest })
      continue
    }
    if (listed.has(path)) {
      found.fail('listed-twice', { path: line.path, manifest })
      continue
    }
    listed.add(path)
    const claims = look.claims.get(path) ?? []
    claims.push({ manifest, algorithm, digest: line.digest })
    look.claims.set(path, claims)
  }
  return listed
}

async function readPayloadManifests(look: Inspection, payload: readonly TreeEntry[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const names = manifestNames(look, 'manifest')
  if (names.length === 0) look.found.fail('manifest-missing')
  const manifests = new Map<string, ReadonlySet<string>>()
  for (const { path, algorithm } of names) {
    const lines = await readManifest(look, path, algorithm)
    if (lines === null || !isDigestName(algorithm)) continue
    const listed = addClaims(look, path, algorithm, lines, true)
    manifests.set(path, listed)
    if (look.older) continue
    for (const file of payload) if (!listed.has(file.path)) look.found.fail('file-unlisted', { path: file.path, manifest: path })
  }
  if (look.older) for (const file of payload) if (!look.claims.has(file.path)) look.found.fail('file-unlisted', { path: file.path, manifest: 'manifest' })
  return manifests
}

/** Holes that fetch.txt announces make the bag incomplete, which is neither right nor wrong: unknown (AR-20). */
async function readFetch(look: Inspection, manifests: ReadonlyMap<string, ReadonlySet<string>>): Promise<ReadonlySet<string>> {
  const { found } = look
  const holes = new Set<string>()
  if (!look.files.has('fetch.txt')) return holes
  const text = await readText(look, 'fetch.txt', look.encoding)
  if (text === null) return holes
  const fetch = parseFetch(text)
  for (const line of fetch.malformed) found.fail('fetch-line', { line })
  for (const line of fetch.lines) {
    const safe = judgePath(line.path)
    found.add(safe)
    if (safe.outcome === 'fail') continue
    const path = resolve(look, line.path)
    if (!path.startsWith('data/')) found.fail('fetch-outside-data', { path: line.path })
    else if ([...manifests.values()].some((listed) => !listed.has(path))) found.fail('fetch-unlisted', { path: line.path })
    else if (!look.files.has(path)) holes.add(path)
  }
  for (const path of holes) found.unknown('file-to-fetch', { path })
  if (holes.size === 0 && fetch.lines.length > 0) found.note('fetch-complete')
  return holes
}

async function readTagManifests(look: Inspection): Promise<ReadonlySet<string>> {
  const { found } = look
  const all = new Set<string>()
  const manifests = manifestNames(look, 'manifest').map((m) => m.path)
  for (const { path, algorithm } of manifestNames(look, 'tagmanifest')) {
    const lines = await readManifest(look, path, algorithm)
    if (lines === null || !isDigestName(algorithm)) continue
    const listed = addClaims(look, path, algorithm, lines, false)
    for (const manifest of manifests) if (!listed.has(manifest)) found.fail('tagmanifest-omits-manifest', { path, manifest })
    for (const file of listed) {
      if (/^tagmanifest-[^/]*\.txt$/.test(file)) found.fail('tagmanifest-lists-itself', { path: file, manifest: path })
      if (!look.files.has(file)) found.fail('file-missing', { path: file, manifest: path })
      all.add(file)
    }
  }
  return all
}

async function readInfo(look: Inspection, payload: { files: number; octets: number }, holes: boolean): Promise<readonly InfoElement[]> {
  const { found } = look
  if (!look.files.has('bag-info.txt')) return []
  const text = await readText(look, 'bag-info.txt', look.encoding)
  if (text === null) return []
  const info = parseBagInfo(text)
  for (const line of info.malformed) found.fail('bag-info-line', { line })
  const oxums = info.elements.filter((e) => e.label.toLowerCase() === 'payload-oxum')
  if (oxums.length > 1) found.fail('oxum-repeated')
  for (const { value } of oxums) {
    if (!/^[0-9]{1,18}\.[0-9]{1,9}$/.test(value)) found.fail('oxum-malformed', { value })
    else if (!holes && !oxumFits(value, payload)) found.fail('oxum-differs', { stated: value, found: `${payload.octets}.${payload.files}` })
  }
  return info.elements
}

function oxumFits(value: string, payload: { files: number; octets: number }): boolean {
  const [octets, files] = value.split('.').map(Number)
  return octets === payload.octets && files === payload.files
}

async function compareDigests(look: Inspection, signal: AbortSignal | undefined): Promise<ReadonlyMap<string, DigestName>> {
  const { found } = look
  const vouched = new Map<string, DigestName>()
  for (const [path, claims] of look.claims) {
    signal?.throwIfAborted()
    if (!look.files.has(path)) continue
    const running = new Map([...new Set(claims.map((c) => c.algorithm))].map((a) => [a, look.digests.start(a)]))
    const read = await look.tree.read(path, (chunk) => running.forEach((d) => d.update(chunk)))
    if (!read.ok) {
      found.unknown('file-unreadable', { path })
      continue
    }
    const hex = new Map([...running].map(([a, d]) => [a, d.hex()]))
    for (const c of claims) if (hex.get(c.algorithm) !== c.digest) found.fail('checksum-differs', { path, manifest: c.manifest })
    const best = claims.map((c) => c.algorithm).toSorted((a, b) => digestLengths[b] - digestLengths[a])[0]
    if (best !== undefined && claims.every((c) => hex.get(c.algorithm) === c.digest)) vouched.set(path, best)
  }
  return vouched
}
