import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkIds, systems } from '@shared/posture/model.ts'
import type { PostureStatement } from '@shared/posture/statement.ts'
import { en } from '../../text/en.ts'
import { ja } from '../../text/ja.ts'
import { createText } from '../../text/translate.ts'
import { endpointGroups, exactWords, type ShownCheck } from './endpoint-model.ts'

const check = (id: ShownCheck['id'], verdict: ShownCheck['verdict']): ShownCheck => ({ id, verdict, reason: verdict === 'pass' ? null : 'disk-plain', trust: 'self', at: 1, since: 1, evidence: null, sources: [], opens: false, graceDays: null })

it('4.6 what to mend comes before what could not be told and what is in order', () => {
  const { bad, unsure, good } = endpointGroups({ checks: [check('disk.enc', 'pass'), check('boot.secure', 'fail'), check('os.patch', 'unknown'), check('fw.on', 'fail')] })
  expect([bad, unsure, good].map((group) => group.map(({ id }) => id))).toEqual([['boot.secure', 'fw.on'], ['os.patch'], ['disk.enc']])
})

it('4.6 the statement is shown with every field that goes out', () => {
  const statement: PostureStatement = { schema: 1, kind: 'posture', device: 'dev1', system: 'linux', version: '0.1.0', level: 'L1', at: 1, checks: [{ id: 'clock', verdict: 'pass', reason: null, trust: 'self', at: 1, since: 1, evidence: null }] }
  expect(JSON.parse(exactWords(statement))).toEqual(statement)
})

it('4.6 every check has its name, its purpose and its steps in both languages, without a word of the catalogue’s own', () => {
  for (const language of ['ja', 'en'] as const) {
    const text = createText(language)
    for (const id of checkIds) {
      for (const system of systems) {
        const said = [text(`endpoint.check.${id}`), text(`endpoint.why.${id}`), text(`endpoint.step.${id}.1`, { system }), text(`endpoint.step.${id}.2`, { system })]
        for (const sentence of said) expect(sentence, `${language} ${id} ${system}`).toMatch(/^[^{}]{2,}$/)
      }
    }
  }
})

it('4.6 every reason a check can give has a sentence', () => {
  const folder = join(import.meta.dirname, '../../../shared/posture/checks')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.includes('.test.')).map((name) => readFileSync(join(folder, name), 'utf8'))
  const reasons = new Set(['absent', 'denied', 'late', 'large', 'failed'].map((unread) => `source-${unread}`))
  for (const source of sources) {
    for (const [, reason = ''] of source.matchAll(/\b(?:fail|unknown)\([^()]*'([a-z]+(?:-[a-z]+)+)'\)/g)) reasons.add(reason)
    for (const [, reason = ''] of source.matchAll(/'\d': '!?(disk-[a-z]+)'/g)) reasons.add(reason)
  }
  expect(reasons.size).toBeGreaterThan(40)
  for (const catalogue of [ja, en]) expect([...reasons].filter((reason) => !(`posture.${reason}` in catalogue))).toEqual([])
  const written = Object.keys(ja).flatMap((key) => (key.startsWith('posture.') && key !== 'posture.unknown' ? [key.slice('posture.'.length)] : []))
  expect(written.filter((reason) => !reasons.has(reason))).toEqual([])
})
