// Text of any script, with controls and unassigned code points but no lone surrogates, for property tests.
// fast-check's own `unit: 'binary'` makes a table of all 1.1 million code points first, which costs a second.

import fc from 'fast-check'

const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0xffff }),
  fc.integer({ min: 0x1_0000, max: 0x10_ffff }),
)

/** At most `maxLength` code points. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: codePoint.map((point) => String.fromCodePoint(point)), maxLength })
}
