import { describe, expect, it } from 'vitest'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import { createBodyMirror, type MirrorState } from './body-mirror.ts'

type Answer = Result<null, CommandFailure>

function setUp() {
  const sent: string[] = []
  const states: MirrorState[] = []
  const answers: ((answer: Answer) => void)[] = []
  const mirror = createBodyMirror({
    send: (update) => {
      sent.push(new TextDecoder().decode(update))
      return new Promise((resolve) => answers.push(resolve))
    },
    merge: (updates) => new TextEncoder().encode(updates.map((one) => new TextDecoder().decode(one)).join('')),
    report: (state) => states.push(state),
  })
  const type = (...letters: readonly string[]): void => letters.forEach((letter) => mirror.push(new TextEncoder().encode(letter)))
  const answer = async (value: Answer): Promise<void> => {
    answers.shift()?.(value)
    for (let i = 0; i < 4; i++) await Promise.resolve()
  }
  return { mirror, sent, states, type, answer }
}

const full: Answer = err({ type: 'DiskFull', retry: 'later' })

describe('the mirror of the text', () => {
  it('has one call under way and joins what is typed meanwhile', async () => {
    const { sent, states, type, answer } = setUp()
    type('あ', 'い', 'う')
    expect(sent).toEqual(['あ'])
    await answer(ok(null))
    expect(sent).toEqual(['あ', 'いう'])
    expect(states.at(-1)).toEqual({ pending: true, failure: null })
    await answer(ok(null))
    expect(states.at(-1)).toEqual({ pending: false, failure: null })
  })

  it('keeps what was refused, in order, and sends it again', async () => {
    const { mirror, sent, states, type, answer } = setUp()
    type('あ', 'い')
    await answer(full)
    expect(states.at(-1)).toMatchObject({ pending: true, failure: { type: 'DiskFull' } })
    type('う')
    expect(sent).toEqual(['あ', 'あいう'])
    await answer(ok(null))
    await mirror.settle()
    expect(states.at(-1)).toEqual({ pending: false, failure: null })
  })

  it('settles when all is on disk', async () => {
    const { mirror, type, answer } = setUp()
    type('あ')
    let settled = false
    const wait = mirror.settle().then(() => (settled = true))
    expect(settled).toBe(false)
    await answer(ok(null))
    await wait
    expect(settled).toBe(true)
  })
})
