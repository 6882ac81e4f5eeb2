// AR-60 to AR-63: on which device each act was done and in which state. The trail opens the posture statement of a session, which its
// certificate names by a salted hash, and nothing else of what the session rests on: the sign-in token, which names a person's account,
// stays sealed for the town.

import type { AuthorityState } from '../authority/reduce.ts'
import { jstDate } from '../base/civil-date.ts'
import { matchesPattern } from '../base/patterns.ts'
import { policyFor } from '../judge/judge.ts'
import { evidenceHash, type Evidence } from '../log/evidence.ts'
import type { LogEvent } from '../log/event.ts'
import type { SessionBody, SessionCertificate } from '../log/session.ts'
import { evaluateAct, type GateAnswer } from '../posture/evaluate.ts'
import type { ActRule, ProtectionLevel } from '../posture/model.ts'
import { parseStatement, type CheckReading, type PostureStatement } from '../posture/statement.ts'
import type { Findings } from './findings.ts'

/** The posture statement of one session, opened. */
export interface TrailPiece extends Evidence {
  /** Hash (hex) of the session certificate. */
  readonly session: string
}

/** `told`: what the device said of itself then. `untold`: it said nothing, or nothing that can be read. `sealed`: it did, and the trail does not show it. */
export type SaidState = { readonly kind: 'told'; readonly statement: PostureStatement } | { readonly kind: 'untold' } | { readonly kind: 'sealed' }

/** Plain data, as it stands in `document.json`. */
export interface ActDevice {
  readonly id: string
  /** How well its keys are kept, as it was let in. */
  readonly level: ProtectionLevel | null
  readonly state: SaidState['kind']
  readonly statement: { readonly system: PostureStatement['system']; readonly version: string; readonly level: ProtectionLevel; readonly at: string; readonly checks: readonly (Pick<CheckReading, 'id' | 'verdict' | 'reason' | 'trust'> & { readonly at: string })[] } | null
  /** What the rules of that day asked of the device, with every reason; null where they asked nothing or it cannot be told. */
  readonly asked: GateAnswer | null
}

/** AR-61 each piece is what a session of the trail names, once; what is not fails. */
export function provenPieces(pieces: readonly TrailPiece[], sessions: ReadonlyMap<string, SessionCertificate>, found: Findings): ReadonlyMap<string, PostureStatement | null> {
  const proven = new Map<string, PostureStatement | null>()
  for (const piece of pieces) {
    const session = sessions.get(piece.session)
    if (session === undefined || proven.has(piece.session) || session.body.posture !== evidenceHash('posture', piece)) found.fail('evidence-differs', { session: piece.session.slice(0, 16) })
    else proven.set(piece.session, parseStatement(piece.bytes))
  }
  return proven
}

/** AR-62, JU-51 a statement of another device says nothing. */
export function saidBy({ hash, body }: SessionCertificate, proven: ReadonlyMap<string, PostureStatement | null>): SaidState {
  if (body.posture === null) return { kind: 'untold' }
  const statement = proven.get(hash)
  if (statement === undefined) return { kind: 'sealed' }
  return statement?.device === body.device ? { kind: 'told', statement } : { kind: 'untold' }
}

/** Of a rule what the statement can answer: a sign-in is never shown. */
const ofDevice = (rules: readonly ActRule[]): readonly ActRule[] => rules.map((rule) => ({ ...rule, signIn: null })).filter(({ level, checks }) => level !== null || checks.length > 0)

/** AR-63 the authority with the rules that can be judged on what is shown. */
export function withShownRules(authority: AuthorityState, said: SaidState): AuthorityState {
  return { ...authority, policies: new Map([...authority.policies].map(([id, policy]) => [id, { ...policy, rules: said.kind === 'sealed' ? [] : ofDevice(policy.rules ?? []) }])) }
}

/** Which rules spoke of an act. */
function rulesFor(authority: AuthorityState, seat: string, event: LogEvent): readonly ActRule[] {
  const policy = policyFor(authority, seat, event.type, jstDate(event.hlc.ms))
  return (policy?.rules ?? []).filter(({ acts }) => acts.some((pattern) => matchesPattern(pattern, event.type)))
}

/** What rules asked and the trail does not show: of the device, of the sign-in. */
export function unjudgedOf(authority: AuthorityState, seat: string, event: LogEvent, said: SaidState): { readonly device: boolean; readonly signIn: boolean } {
  const rules = rulesFor(authority, seat, event)
  return { device: said.kind === 'sealed' && ofDevice(rules).length > 0, signIn: rules.some(({ signIn }) => signIn !== null) }
}

export function actDevice(authority: AuthorityState, { seat, device }: Pick<SessionBody, 'seat' | 'device'>, event: LogEvent, said: SaidState): ActDevice {
  const statement = said.kind === 'told' ? said.statement : null
  const rules = ofDevice(rulesFor(authority, seat, event))
  const policy = policyFor(authority, seat, event.type, jstDate(event.hlc.ms))
  const facts = { type: event.type, at: event.hlc.ms, employment: null, posture: statement, token: null, exceptions: [...authority.exceptions.values()] }
  return {
    id: device,
    level: authority.devices.get(device)?.level ?? null,
    state: said.kind,
    statement: statement && { system: statement.system, version: statement.version, level: statement.level, at: new Date(statement.at).toISOString(), checks: statement.checks.map(({ id, verdict, reason, trust, at }) => ({ id, verdict, reason, trust, at: new Date(at).toISOString() })) },
    asked: policy === null || rules.length === 0 || said.kind === 'sealed' ? null : evaluateAct({ ...policy, withheld: [], rules }, facts),
  }
}
