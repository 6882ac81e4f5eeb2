import { describe, expect, it } from 'vitest'
import { ruleWords } from '../posture/rule-words.ts'
import { actRuleSchema, type ActRule } from '../posture/model.ts'
import { ownRule, type RuleWords } from './own-rules.ts'
import * as v from 'valibot'

const words: RuleWords = { acts: ['decision.*'], level: 'L2', checks: [{ check: 'fw.on', systems: null, maxAgeHours: 24, unknown: 'fail' }, { check: 'disk.enc', systems: ['windows', 'macos'], maxAgeHours: 8, unknown: 'notice' }, { check: 'av.ok', systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: { maxAgeHours: 12, sameDay: true, context: 'c1' }, otherwise: 'hold', graceDays: 7 }

describe('a rule that a town makes itself', () => {
  it('4.7 PO-29 is what the policy takes, and two who make the same one make one', () => {
    const [one, again] = [ownRule(words), ownRule({ ...words })]
    expect(v.is(actRuleSchema, one)).toBe(true)
    expect(one).toEqual(again)
    expect((ownRule({ ...words, graceDays: 8 }) as ActRule).id).not.toBe((one as ActRule).id)
  })

  it('4.7 PO-29 says what is missing or cannot be taken', () => {
    const nothing = { level: null, checks: [], signIn: null }
    expect(ownRule({ ...words, acts: [] })).toBe('acts')
    expect(ownRule({ ...words, ...nothing })).toBe('asks')
    for (const wrong of [{ graceDays: -1 }, { graceDays: 91 }, { graceDays: 0.5 }, { signIn: { maxAgeHours: 0, sameDay: true, context: null } }, { signIn: { maxAgeHours: 1, sameDay: true, context: 'c'.repeat(65) } }]) expect([wrong, ownRule({ ...words, ...wrong })]).toEqual([wrong, 'values'])
  })

  it('4.7 is one sentence in either language, with what is asked for alike said together', () => {
    const rule = ownRule(words) as ActRule
    expect(ruleWords('ja', rule)).toBe('決裁：鍵は端末の部品の中（L2）か、それより確かなこと、ファイアウォール・ウイルス対策（24時間以内に調べ、確かめられないときも、だめとする）、ディスクの暗号化（Windows・macOS だけ。8時間以内に調べ、確かめられないときは、知らせるだけ）、その日の、町のアカウントでのサインイン（12時間以内、発行元の保証「c1」）。満たさなければ、7日の猶予のあと、満たすまで止める')
    expect(ruleWords('en', rule)).toBe('deciding: keys in hardware (L2) or better; Firewall, Virus protection (looked at within 24 hours, not known counts as amiss); Disk encryption (on Windows, macOS only, looked at within 8 hours, not known is said only); a sign-in with the town’s account of the same day (within 12 hours, vouched for as “c1”). Otherwise after 7 days of grace it is kept back until that is met')
    expect(ruleWords('ja', { ...rule, acts: ['number.*'], level: null, signIn: null, graceDays: 0, checks: rule.checks.slice(0, 1) })).toBe('number.*：ファイアウォール（24時間以内に調べ、確かめられないときも、だめとする）。満たさなければ、満たすまで止める')
  })
})
