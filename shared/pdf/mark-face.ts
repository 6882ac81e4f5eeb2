// A font that marks are drawn with, read once and used for many documents: parsing megabytes of tables anew for each
// would take longer than all the rest. What one document drew never shows in the next.

import fontkit from '@cantoo/fontkit'
import { fontCoverage, type FontCoverage } from './font-coverage.ts'

type ParsedFont = ReturnType<typeof fontkit.create>

export interface MarkFace {
  readonly bytes: Uint8Array
  /** Of the whole font. */
  readonly coverage: FontCoverage
  /** The parsed font with no glyph asked for yet. */
  inNewDocument(): ParsedFont
}

/** TrueType bytes, which must not change afterwards. Throws when they are no font with a Unicode cmap. */
export function readMarkFace(bytes: Uint8Array): MarkFace {
  const parsed = fontkit.create(bytes)
  return {
    bytes,
    coverage: fontCoverage(bytes),
    // A glyph remembers the characters it was first asked for, and they get into the file; tables are the same for all.
    inNewDocument: () => Object.create(parsed, { _glyphs: { value: {}, writable: true } }) as ParsedFont,
  }
}
