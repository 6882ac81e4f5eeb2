// What a verification tells, whatever was verified: one outcome with its reasons, every signature, every act on a document,
// and what a person should know besides. Codes only; the sentences belong to whoever shows it.

import type { Reason, Verdict } from '../base/verdict.ts'
import type { ActDevice } from './device-state.ts'

export interface SignatureFinding {
  /** Where the signature was found, relative to what was verified; empty for a single file. */
  readonly path: string
  readonly field: string
  readonly signer: string | null
  readonly position: string | null
  /** ISO 8601 UTC as the signer claims. */
  readonly at: string | null
  /** What the signer's device wrote into the signature: why it was signed, and on which device. */
  readonly reason: string | null
  readonly location: string | null
  readonly verdict: Verdict
}

export interface DecisionFinding {
  /** Number of the document in the package. */
  readonly n: number
  readonly document: string
  readonly title: string
  readonly act: 'submit' | 'approve' | 'confirm' | 'return' | 'refuse' | 'withdraw'
  readonly step: string | null
  readonly person: string
  readonly position: string | null
  readonly at: string
  /** On which device and in which state (AR-62); null where it is not told. */
  readonly device: ActDevice | null
  readonly verdict: Verdict
}

export interface Report {
  readonly kind: 'package' | 'audit' | 'bag' | 'pdf' | 'none'
  readonly verdict: Verdict
  readonly signatures: readonly SignatureFinding[]
  readonly decisions: readonly DecisionFinding[]
  readonly notices: readonly Reason[]
}
