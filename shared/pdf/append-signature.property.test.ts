import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, it } from 'vitest'
import { anyText } from '../base/testing/any-text.ts'
import { makeTown, type TestTown } from '../signing/testing/town.ts'
import { appendSignature } from './append-signature.ts'
import { listRevisions } from './revisions.ts'
import { nineBoxes } from './testing/frozen.ts'
import { verifyPdf } from './verify-pdf.ts'

const seed = 20261121
const kinds = ['frozen-table', 'frozen-object-streams', 'frozen-linearized'] as const
const corpus = new Map(kinds.map((kind) => [kind, new Uint8Array(readFileSync(new URL(`./testing/corpus/${kind}.pdf`, import.meta.url)))]))
let town: TestTown

beforeAll(async () => {
  town = await makeTown()
})

/** Words of any script, with and without glyphs, selectors and surrogates. */
const words = fc.oneof(fc.constantFrom('総務課長', '𠮷田', '葛\u{E0100}城', '', '()\\<>', 'Ａ・Ｂ'), anyText(12))

const signing = fc.record({
  field: fc.constantFrom(...nineBoxes.map((box) => box.name)),
  position: words,
  surname: words,
  label: fc.option(fc.constantFrom('代', '後閲'), { nil: undefined }),
  reason: words,
  name: words,
  minute: fc.nat(59),
})

describe('the law of the append-only writer', () => {
  it('2.11 PF-1 whatever is signed, in whatever order, the file before is a prefix of the file after', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), fc.uniqueArray(signing, { selector: (one) => one.field, minLength: 1, maxLength: 6 }), async (kind, signings) => {
        let pdf = corpus.get(kind) as Uint8Array
        for (const one of signings) {
          const mark = { position: one.position, surname: one.surname, date: '2026-11-21', ...(one.label === undefined ? {} : { label: one.label }) }
          const at = `2026-11-21T01:${String(one.minute).padStart(2, '0')}:00Z`
          const result = await appendSignature({ pdf, field: one.field, mark, signer: await town.person('佐藤'), at, reason: one.reason, name: one.name })
          if (!result.ok || !Buffer.from(result.value.subarray(0, pdf.length)).equals(Buffer.from(pdf))) return false
          pdf = result.value
        }
        const { verdict, signatures } = await verifyPdf(pdf, { roots: [town.root], subtle: crypto.subtle })
        return verdict.outcome === 'pass' && signatures.length === signings.length && listRevisions(pdf).length === signings.length + 1
      }),
      { seed, numRuns: 20 },
    )
  }, 120_000)
})
