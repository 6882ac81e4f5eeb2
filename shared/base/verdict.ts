// A judgement is never a boolean: pass, fail or unknown, each with reasons. Unknown is not pass and not fail;
// whoever asks decides what unknown means for the act at hand.

/** A reason in machine words (`code`, looked up in the text catalogues) with the facts that fill its sentence. */
export interface Reason {
  readonly code: string
  readonly facts?: Readonly<Record<string, string | number>>
}

export interface Verdict {
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly reasons: readonly Reason[]
}

/** The strictest of several judgements: fail over unknown over pass; all reasons are kept. */
export function strictest(verdicts: readonly Verdict[]): Verdict {
  const outcome = verdicts.some((v) => v.outcome === 'fail')
    ? 'fail'
    : verdicts.some((v) => v.outcome === 'unknown')
      ? 'unknown'
      : 'pass'
  return { outcome, reasons: verdicts.flatMap((v) => v.reasons) }
}
