import { expect, it } from 'vitest'
import { contentWidth, firstPageSize, placeBoxes, type Margins, type Measured } from './print-measure.ts'

const page = { width: 594.96, height: 841.92 }
const margins: Margins = { top: 96, right: 48, bottom: 96, left: 96 }
const box = (x: number, y: number): Measured => ({ failedFonts: [], boxes: [{ name: 'mark-1', x, y, width: 80, height: 40 }] })

it('turns pixels from the upper left of the content into points from the lower left of the page', () => {
  const placed = placeBoxes(box(10, 20), margins, page)
  expect(placed.ok && placed.value[0]?.name).toBe('mark-1')
  const rect = placed.ok ? placed.value[0]?.rect : undefined
  expect(rect?.x).toBeCloseTo(79.5)
  expect(rect?.y).toBeCloseTo(841.92 - 87 - 30)
  expect(rect?.width).toBeCloseTo(60)
  expect(rect?.height).toBeCloseTo(30)
})

it('refuses a field that leaves the first page', () => {
  const error = { type: 'FieldOffPage', retry: 'never', field: 'mark-1' }
  for (const at of [box(10, 900), box(700, 20), box(-20, 20), box(10, -20)]) {
    expect(placeBoxes(at, margins, page)).toEqual({ ok: false, error })
  }
})

it('refuses a document whose font did not load', () => {
  const measured = { ...box(0, 0), failedFonts: ['BIZ UDMincho'] }
  expect(placeBoxes(measured, margins, page)).toEqual({ ok: false, error: { type: 'FontMissing', retry: 'never', font: 'BIZ UDMincho' } })
})

it('lays out at the width of the content and reads the size that was printed', () => {
  expect(contentWidth(page.width, margins)).toBe(649)
  expect(firstPageSize(Buffer.from('%PDF /MediaBox [0 0 594.95999 841.91998] x'))).toEqual({ width: 594.95999, height: 841.91998 })
  expect(() => firstPageSize(Buffer.from('%PDF'))).toThrow('no MediaBox')
})
