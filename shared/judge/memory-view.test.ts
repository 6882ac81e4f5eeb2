import { describe, it } from 'vitest'
import { createMemoryView } from './memory-view.ts'
import { viewContract } from './testing/view-contract.ts'

describe('the view in memory', () => {
  it.each(viewContract)('2.7 $name', ({ run }) => run(async () => createMemoryView()))
})
