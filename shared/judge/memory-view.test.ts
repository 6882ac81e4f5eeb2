import { describe, expect, it } from 'vitest'
import { createMemoryView } from './memory-view.ts'
import { viewContract } from './testing/view-contract.ts'

describe('the view in memory', () => {
  it.each(viewContract)('2.7 $name', async ({ run }) => {
    await expect(run(async () => createMemoryView())).resolves.toBeUndefined()
  })
})
