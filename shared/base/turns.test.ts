import { describe, expect, it } from 'vitest'
import { createJoining } from './turns.ts'

/** Work that ends when it is told to. */
function held() {
  const begun: { readonly key: string; readonly end: (error?: Error) => void }[] = []
  const join = createJoining((key) => new Promise((resolve, reject) => begun.push({ key, end: (error) => (error ? reject(error) : resolve()) })))
  return { begun, join }
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve()
}

describe('one for many', () => {
  it('3.16 serves all that asked before it began, and nobody who asked later', async () => {
    const { begun, join } = held()
    const told: string[] = []
    const ask = (who: string, key = 'folder'): void => void join(key).then(() => told.push(who))
    ask('a')
    ask('b')
    await settled()
    ask('late')
    ask('later')
    ask('other', 'elsewhere')
    await settled()
    expect(begun.map(({ key }) => key)).toEqual(['folder', 'elsewhere'])
    begun[0]?.end()
    await settled()
    expect(told).toEqual(['a', 'b'])
    expect(begun.map(({ key }) => key)).toEqual(['folder', 'elsewhere', 'folder'])
    begun[2]?.end()
    begun[1]?.end()
    await settled()
    expect(told.toSorted()).toEqual(['a', 'b', 'late', 'later', 'other'])
  })

  it('3.16 tells all of them that it failed, and begins again for the next', async () => {
    const { begun, join } = held()
    const answers = [join('folder'), join('folder')].map((answer) => answer.then(() => 'done', (error: Error) => error.message))
    await settled()
    const after = join('folder')
    begun[0]?.end(new Error('full'))
    expect(await Promise.all(answers)).toEqual(['full', 'full'])
    await settled()
    begun[1]?.end()
    await expect(after).resolves.toBeUndefined()
    expect(begun).toHaveLength(2)
  })
})
