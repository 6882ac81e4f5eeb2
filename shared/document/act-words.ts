// What somebody said with an act: why it could not wait (DC-41), then the comment of an approval or the reason of anything else.

export interface SaidWith {
  readonly urgency?: unknown
  readonly comment?: unknown
  readonly reason?: unknown
}

export function wordsOf({ urgency, comment, reason }: SaidWith): string {
  return [urgency, comment ?? reason].filter((one): one is string => typeof one === 'string' && one !== '').join('\n')
}
