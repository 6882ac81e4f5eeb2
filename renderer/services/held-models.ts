// What of one's own does not count, and what to do about it, as the desk shows it in one place.

import type { Notice } from './view-models.ts'

/** What is held is kept, each with its one way on. */
export type HeldRow =
  /** An approval that nobody received in time: confirmed in the document. `until`: by when it should have been received (ISO instant); null where the log does not say. */
  | { readonly why: 'late'; readonly doc: string; readonly title: string; readonly at: string; readonly until: string | null }
  /** An act that no replica lets in, with the reason: done again in the document. */
  | { readonly why: 'refused'; readonly doc: string; readonly title: string; readonly type: string; readonly at: string; readonly reason: Notice }
  /** Acts set aside with what they stand on: entered again under 端末と信頼, at the machine of that seat (`here`). */
  | { readonly why: 'twofold' | 'left' | 'braked'; readonly count: number; readonly here: boolean }
