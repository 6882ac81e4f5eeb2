// Draws the product's icon: a lacquered letter-box with a cord, as a PNG, from nothing but arithmetic. Never reads a file.
import { crc32, deflateSync } from 'node:zlib'

/** @typedef {readonly [number, number, number]} Colour */
/** @typedef {(x: number, y: number) => boolean} Shape */

const lacquer = /** @type {Colour} */ ([30, 24, 26])
const lid = /** @type {Colour} */ ([46, 36, 38])
const sheen = /** @type {Colour} */ ([84, 62, 60])
const vermilion = /** @type {Colour} */ ([176, 42, 36])
const cordShade = /** @type {Colour} */ ([138, 28, 26])
const gold = /** @type {Colour} */ ([201, 163, 92])

/** Left, top, right, bottom and corner radius on a 512 grid. @param {number} l @param {number} t @param {number} r @param {number} b @param {number} radius @returns {Shape} */
function box(l, t, r, b, radius) {
  return (x, y) => {
    const dx = Math.max(l + radius - x, 0, x - (r - radius))
    const dy = Math.max(t + radius - y, 0, y - (b - radius))
    return x >= l && x <= r && y >= t && y <= b && dx * dx + dy * dy <= radius * radius
  }
}

/** @param {number} cx @param {number} cy @param {number} rx @param {number} ry @param {number} turn radians @param {number} inner share of the radius left open @returns {Shape} */
function ring(cx, cy, rx, ry, turn, inner) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  return (x, y) => {
    const u = ((x - cx) * cos + (y - cy) * sin) / rx
    const v = ((y - cy) * cos - (x - cx) * sin) / ry
    const distance = u * u + v * v
    return distance <= 1 && distance >= inner * inner
  }
}

/** From back to front. @type {readonly (readonly [Shape, Colour])[]} */
const picture = [
  [box(64, 208, 448, 440, 26), lacquer],
  [box(64, 398, 448, 404, 0), gold],
  [box(48, 112, 464, 272, 34), lid],
  [box(76, 130, 436, 140, 5), sheen],
  [box(48, 232, 464, 239, 0), gold],
  [box(244, 112, 268, 440, 0), vermilion],
  [box(263, 112, 268, 440, 0), cordShade],
  [box(206, 196, 218, 330, 6), vermilion],
  [box(294, 196, 306, 330, 6), vermilion],
  [box(201, 322, 223, 374, 7), cordShade],
  [box(289, 322, 311, 374, 7), cordShade],
  [box(201, 322, 223, 332, 4), gold],
  [box(289, 322, 311, 332, 4), gold],
  [ring(200, 178, 62, 32, 0.42, 0.62), vermilion],
  [ring(312, 178, 62, 32, -0.42, 0.62), vermilion],
  [box(230, 160, 282, 210, 18), cordShade],
  [box(235, 160, 277, 203, 16), vermilion],
]

/**
 * @param {number} size width and height in pixels
 * @returns {Buffer} a PNG with an alpha channel
 */
export function iconPng(size) {
  const rows = Buffer.alloc(size * (1 + size * 4))
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) rows.set(pixel(x, y, 512 / size), y * (1 + size * 4) + 1 + x * 4)
  }
  return png(size, rows)
}

/** Mixes 4×4 points of a pixel, unless its corners agree. @param {number} px @param {number} py @param {number} scale @returns {readonly number[]} RGBA */
function pixel(px, py, scale) {
  /** @param {number} dx @param {number} dy */
  const at = (dx, dy) => picture.findLast(([shape]) => shape((px + dx) * scale, (py + dy) * scale))?.[1]
  const corner = at(0, 0)
  if (corner === at(1, 0) && corner === at(0, 1) && corner === at(1, 1)) return corner ? [...corner, 255] : [0, 0, 0, 0]
  const points = Array.from({ length: 16 }, (_, i) => at(((i % 4) + 0.5) / 4, (Math.floor(i / 4) + 0.5) / 4)).filter((colour) => colour !== undefined)
  const mean = [0, 1, 2].map((channel) => Math.round(points.reduce((sum, colour) => sum + (colour[channel] ?? 0), 0) / Math.max(1, points.length)))
  return [...mean, Math.round((points.length / 16) * 255)]
}

/** PNG (ISO/IEC 15948) with one IDAT. @param {number} size @param {Buffer} rows filter byte and RGBA of each row */
function png(size, rows) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
