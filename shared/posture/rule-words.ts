// A rule for acts in one sentence: what is asked before what, and what happens where it is not met. The screen of the rules, a proposal and
// the consent window say it alike.

import { checkNames, levelNames, pair, systemNames, type RecordLanguage } from './device-words.ts'
import type { ActRule, CheckNeed, SignInNeed } from './model.ts'

/** The acts that a town's own rules speak of. Administering is not among them: a town that shut itself out could not take its rule back. */
export const ruleActs = ['draft.*', 'document.submit', 'decision.*', 'record.file', 'document.export', 'document.print'] as const
export type RuleAct = (typeof ruleActs)[number]

export const actNames: Readonly<Record<RuleAct, Readonly<Record<RecordLanguage, string>>>> = {
  'draft.*': pair('下書き', 'drafting'),
  'document.submit': pair('回議に付す', 'sending round'),
  'decision.*': pair('決裁', 'deciding'),
  'record.file': pair('簿冊に入れる', 'filing'),
  'document.export': pair('書き出し', 'exporting'),
  'document.print': pair('印刷', 'printing'),
}

const outcomes: Readonly<Record<ActRule['otherwise'], Readonly<Record<RecordLanguage, string>>>> = {
  notice: pair('知らせるだけ', 'it is said only'),
  hold: pair('満たすまで止める', 'it is kept back until that is met'),
  deny: pair('できない', 'it is not done'),
}

export function ruleWords(language: RecordLanguage, rule: ActRule): string {
  const isJa = language === 'ja'
  const acts = rule.acts.map((act) => (act in actNames ? actNames[act as RuleAct][language] : act))
  const asked = [...levelWords(language, rule), ...checksWords(language, rule.checks), ...(rule.signIn ? [signInWords(language, rule.signIn)] : [])]
  const grace = rule.graceDays === 0 ? '' : isJa ? `${rule.graceDays}日の猶予のあと、` : `after ${rule.graceDays} days of grace `
  return isJa ? `${acts.join('・')}：${asked.join('、')}。満たさなければ、${grace}${outcomes[rule.otherwise].ja}` : `${acts.join(', ')}: ${asked.join('; ')}. Otherwise ${grace}${outcomes[rule.otherwise].en}`
}

function levelWords(language: RecordLanguage, { level }: ActRule): readonly string[] {
  if (level === null) return []
  return [language === 'ja' ? `${levelNames[level].ja}（${level}）か、それより確かなこと` : `${levelNames[level].en} (${level}) or better`]
}

/** Checks that are asked for alike are said together. */
function checksWords(language: RecordLanguage, needs: readonly CheckNeed[]): readonly string[] {
  const wayOf = ({ systems, maxAgeHours, unknown }: CheckNeed): string => JSON.stringify([systems, maxAgeHours, unknown])
  const firsts = needs.filter((one, at) => needs.findIndex((other) => wayOf(other) === wayOf(one)) === at)
  return firsts.map((first) => {
    const names = needs.filter((one) => wayOf(one) === wayOf(first)).map(({ check }) => checkNames[check][language])
    const { systems, maxAgeHours, unknown } = first
    const only = systems?.map((system) => systemNames[system]) ?? []
    if (language === 'ja') return `${names.join('・')}（${[...(only.length === 0 ? [] : [`${only.join('・')} だけ`]), `${maxAgeHours}時間以内に調べ、${unknown === 'fail' ? '確かめられないときも、だめとする' : '確かめられないときは、知らせるだけ'}`].join('。')}）`
    return `${names.join(', ')} (${[...(only.length === 0 ? [] : [`on ${only.join(', ')} only`]), `looked at within ${maxAgeHours} hours`, unknown === 'fail' ? 'not known counts as amiss' : 'not known is said only'].join(', ')})`
  })
}

function signInWords(language: RecordLanguage, { maxAgeHours, sameDay, context }: SignInNeed): string {
  if (language === 'ja') return `${sameDay ? 'その日の、' : ''}町のアカウントでのサインイン（${[`${maxAgeHours}時間以内`, ...(context === null ? [] : [`発行元の保証「${context}」`])].join('、')}）`
  return `a sign-in with the town’s account${sameDay ? ' of the same day' : ''} (${[`within ${maxAgeHours} hours`, ...(context === null ? [] : [`vouched for as “${context}”`])].join(', ')})`
}
