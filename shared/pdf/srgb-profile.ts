// Makes the sRGB ICC profile (ICC.1:2001-04, version 2.1) that PDF/A's output intent carries. It is computed from the
// definition of the colour space (IEC 61966-2-1), so nobody's file is copied and the bytes are always the same.

import { concatBytes, utf8ToBytes } from '../base/bytes.ts'

const curvePoints = 1024

/** A display profile, RGB to XYZ, D50 adapted. */
export function srgbProfile(): Uint8Array {
  const curve = toneCurve()
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', description('sRGB IEC61966-2.1')],
    ['cprt', concatBytes(utf8ToBytes('text'), zeros(4), utf8ToBytes('No copyright, use freely\0'))],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const offsets = new Map<Uint8Array, number>()
  const bodies: Uint8Array[] = []
  let at = 128 + 4 + tags.length * 12
  for (const [, body] of tags) {
    if (offsets.has(body)) continue
    offsets.set(body, at)
    bodies.push(body, zeros((4 - (body.length % 4)) % 4))
    at += Math.ceil(body.length / 4) * 4
  }
  const table = tags.map(([name, body]) => concatBytes(utf8ToBytes(name), uint32(offsets.get(body) as number), uint32(body.length)))
  return concatBytes(header(at), uint32(tags.length), ...table, ...bodies)
}

function header(size: number): Uint8Array {
  return concatBytes(
    uint32(size),
    zeros(4),
    uint32(0x02100000),
    utf8ToBytes('mntrRGB XYZ '),
    // Any fixed date will do: 2026-01-01.
    Uint8Array.of(0x07, 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0),
    utf8ToBytes('acsp'),
    zeros(28),
    fixed(0.9642),
    fixed(1),
    fixed(0.8249),
    zeros(48),
  )
}

function toneCurve(): Uint8Array {
  const points = Array.from({ length: curvePoints }, (_, i) => {
    const v = i / (curvePoints - 1)
    const linear = v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
    const n = Math.round(linear * 65535)
    return Uint8Array.of(n >> 8, n & 255)
  })
  return concatBytes(utf8ToBytes('curv'), zeros(4), uint32(curvePoints), ...points)
}

/** textDescriptionType: the ASCII part, empty Unicode and ScriptCode parts. */
function description(text: string): Uint8Array {
  return concatBytes(utf8ToBytes('desc'), zeros(4), uint32(text.length + 1), utf8ToBytes(`${text}\0`), zeros(8), zeros(2), zeros(1 + 67))
}

function xyz(x: number, y: number, z: number): Uint8Array {
  return concatBytes(utf8ToBytes('XYZ '), zeros(4), fixed(x), fixed(y), fixed(z))
}

/** s15Fixed16Number. */
function fixed(value: number): Uint8Array {
  return uint32(Math.round(value * 65536))
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

function zeros(length: number): Uint8Array {
  return new Uint8Array(length)
}
