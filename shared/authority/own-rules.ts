// Rules for acts that a town makes itself, from what a person chose on a screen. The name of a rule follows from what it says: two who make
// the same one make one.

import * as v from 'valibot'
import { encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { actRuleSchema, type ActRule } from '../posture/model.ts'

/** What a rule says, without its name. */
export type RuleWords = Omit<ActRule, 'id'>

/** `acts`: it speaks of nothing. `asks`: it asks for nothing. `values`: a number or a word is outside what the policy takes. */
export type RuleTrouble = 'acts' | 'asks' | 'values'

export function ownRule(words: RuleWords): ActRule | RuleTrouble {
  if (words.acts.length === 0) return 'acts'
  if (words.level === null && words.checks.length === 0 && words.signIn === null) return 'asks'
  const rule = { id: `town-${sha256Hex(encodeCbor(words)).slice(0, 16)}`, ...words }
  return v.is(actRuleSchema, rule) ? rule : 'values'
}
