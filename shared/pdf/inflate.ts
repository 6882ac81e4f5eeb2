// Inflates zlib streams (RFC 1950, RFC 1951) with a hard limit on what comes out, so that a hostile file cannot fill memory.
// It is used for reading only; what we write is deflated by pdf-lib, or not at all.

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
]
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

interface Huffman {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

interface State {
  readonly data: Uint8Array
  at: number
  bits: number
  bitCount: number
  out: Uint8Array
  length: number
  readonly limit: number
}

/** Inflates a zlib stream. Throws when it is malformed or would give more than `limit` bytes. The Adler checksum is not checked: PDF writers omit it at times. */
export function inflate(data: Uint8Array, limit: number): Uint8Array {
  const [cmf = 0, flags = 0] = data
  if ((cmf & 15) !== 8 || (cmf * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) throw new Error('not a zlib stream')
  const state: State = { data, at: 2, bits: 0, bitCount: 0, out: new Uint8Array(Math.min(limit, Math.max(1024, data.length * 4))), length: 0, limit }
  for (let last = false; !last; ) {
    last = take(state, 1) === 1
    const kind = take(state, 2)
    if (kind === 0) stored(state)
    else if (kind === 1) blocks(state, fixedLengths, fixedDistances)
    else if (kind === 2) dynamic(state)
    else throw new Error('deflate: block type')
  }
  return state.out.slice(0, state.length)
}

function take(state: State, count: number): number {
  while (state.bitCount < count) {
    const octet = state.data[state.at++]
    if (octet === undefined) throw new Error('deflate: cut short')
    state.bits |= octet << state.bitCount
    state.bitCount += 8
  }
  const value = state.bits & ((1 << count) - 1)
  state.bits >>>= count
  state.bitCount -= count
  return value
}

function put(state: State, octet: number): void {
  if (state.length >= state.limit) throw new Error('deflate: too large')
  if (state.length === state.out.length) {
    const larger = new Uint8Array(Math.min(state.limit, state.out.length * 2))
    larger.set(state.out)
    state.out = larger
  }
  state.out[state.length++] = octet
}

function stored(state: State): void {
  state.bits = 0
  state.bitCount = 0
  const length = take(state, 16)
  if ((length ^ take(state, 16)) !== 0xffff) throw new Error('deflate: stored length')
  for (let i = 0; i < length; i++) put(state, take(state, 8))
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] as number) + 1
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let i = 1; i < 16; i++) offsets[i] = (offsets[i - 1] as number) + (counts[i - 1] as number)
  const symbols = new Uint16Array(lengths.length)
  lengths.forEach((length, symbol) => {
    if (length !== 0) symbols[(offsets[length] as number)] = symbol
    if (length !== 0) offsets[length] = (offsets[length] as number) + 1
  })
  return { counts, symbols }
}

function decode(state: State, tree: Huffman): number {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length < 16; length++) {
    code |= take(state, 1)
    const count = tree.counts[length] as number
    if (code - first < count) return tree.symbols[index + code - first] as number
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new Error('deflate: code')
}

const fixedLengths = huffman(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)))
const fixedDistances = huffman(Array.from({ length: 30 }, () => 5))

function dynamic(state: State): void {
  const literals = take(state, 5) + 257
  const distances = take(state, 5) + 1
  const codes = take(state, 4) + 4
  const codeLengths = new Array<number>(19).fill(0)
  for (let i = 0; i < codes; i++) codeLengths[codeOrder[i] as number] = take(state, 3)
  const tree = huffman(codeLengths)
  const lengths: number[] = []
  while (lengths.length < literals + distances) {
    const symbol = decode(state, tree)
    if (symbol < 16) lengths.push(symbol)
    else {
      const value = symbol === 16 ? (lengths.at(-1) ?? 0) : 0
      const repeat = symbol === 16 ? 3 + take(state, 2) : symbol === 17 ? 3 + take(state, 3) : 11 + take(state, 7)
      for (let i = 0; i < repeat; i++) lengths.push(value)
    }
  }
  blocks(state, huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals, literals + distances)))
}

function blocks(state: State, lengths: Huffman, distances: Huffman): void {
  for (;;) {
    const symbol = decode(state, lengths)
    if (symbol === 256) return
    if (symbol < 256) put(state, symbol)
    else {
      const base = lengthBase[symbol - 257]
      if (base === undefined) throw new Error('deflate: length')
      const length = base + take(state, lengthExtra[symbol - 257] as number)
      const code = decode(state, distances)
      const distance = (distanceBase[code] ?? Infinity) + take(state, distanceExtra[code] ?? 0)
      if (distance > state.length) throw new Error('deflate: distance')
      for (let i = 0; i < length; i++) put(state, state.out[state.length - distance] as number)
    }
  }
}
