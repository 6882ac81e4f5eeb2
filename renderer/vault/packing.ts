// Packs the rows of a snapshot small (DEFLATE, RFC 1951) and unpacks what somebody else packed, up to a size.

import { concatBytes } from '@shared/base/bytes.ts'

/** Throws on defects only. */
export async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = await through(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY)
  if (!packed) throw new Error('defect: bytes that cannot be packed')
  return packed
}

/** Null for bytes that are not packed, or that would grow past `limit`. */
export async function unpack(packed: Uint8Array, limit: number): Promise<Uint8Array | null> {
  return through(packed, new DecompressionStream('deflate-raw'), limit)
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, limit: number): Promise<Uint8Array | null> {
  const writer = stream.writable.getWriter()
  const writing = writer.write(Uint8Array.from(bytes)).then(() => writer.close())
  // The reader learns of it too.
  writing.catch(() => undefined)
  const reader = stream.readable.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length
      if (size > limit) {
        await reader.cancel()
        return null
      }
      parts.push(next.value)
    }
  } catch {
    return null
  }
  return concatBytes(...parts)
}
