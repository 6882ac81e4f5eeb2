// What a careful forger does after changing a package: all checksums and counts made right again, so that only the proof
// can tell. Never imported by product code.

import { bytesToUtf8, utf8ToBytes } from '@shared/base/bytes.ts'
import { digestOf } from '@shared/archive/testing/handmade-bag.ts'
import { parseTrail, trailToBytes, type Trail, type TrailSegment } from '@shared/archive/trail.ts'
import { trailReading } from '@shared/archive/readings.ts'
import { parseHeader, type SegmentHeader } from '@shared/log/header.ts'

type Nodes = ReadonlyMap<string, Uint8Array>

export function rebag(nodes: Nodes): Map<string, Uint8Array> {
  const out = new Map(nodes)
  const list = (paths: readonly string[]): Uint8Array => utf8ToBytes(paths.map((path) => `${digestOf('sha512', out.get(path) as Uint8Array)}  ${path}\n`).join(''))
  const payload = [...out.keys()].filter((path) => path.startsWith('data/')).sort()
  const octets = payload.reduce((sum, path) => sum + (out.get(path) as Uint8Array).length, 0)
  out.set('bag-info.txt', utf8ToBytes(bytesToUtf8(out.get('bag-info.txt') as Uint8Array).replace(/Payload-Oxum: .*/, `Payload-Oxum: ${octets}.${payload.length}`)))
  out.set('manifest-sha512.txt', list(payload))
  return out.set('tagmanifest-sha512.txt', list(['bagit.txt', 'bag-info.txt', 'manifest-sha512.txt']))
}

export function withFile(nodes: Nodes, path: string, bytes: Uint8Array | string | null): Map<string, Uint8Array> {
  const out = new Map(nodes)
  if (bytes === null) out.delete(path)
  else out.set(path, typeof bytes === 'string' ? utf8ToBytes(bytes) : bytes)
  return rebag(out)
}

export function trailOf(nodes: Nodes): Trail {
  const trail = parseTrail(nodes.get('data/trail.cbor') as Uint8Array)
  if (trail === null) throw new Error('the trail parses')
  return trail
}

/** The package with another trail, its reading made to fit. */
export function withTrail(nodes: Nodes, trail: Trail): Map<string, Uint8Array> {
  return withFile(withFile(nodes, 'data/trail.cbor', trailToBytes(trail)), 'data/trail.json', trailReading(trail))
}

export function headerOf(segment: TrailSegment): SegmentHeader {
  const header = parseHeader(segment.header)
  if (header === null) throw new Error('the header parses')
  return header
}

/** The trail with one segment changed, the first whose acts include this type. */
export function withSegment(trail: Trail, type: string, change: (segment: TrailSegment) => TrailSegment | null): Trail {
  const at = trail.segments.findIndex((s) => headerOf(s).acts.some((act) => act.type === type))
  const changed = change(trail.segments[at] as TrailSegment)
  return { ...trail, segments: trail.segments.flatMap((s, i) => (i !== at ? [s] : changed === null ? [] : [changed])) }
}
