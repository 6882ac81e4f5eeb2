import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { documentBytes, documentOf } from './corpus.ts'

describe('the documents of the bench of sync', () => {
  it('3.16 are the same for the same number, of the size that is said, and all different', () => {
    for (const corpus of ['text', 'pdf'] as const) {
      const documents = Array.from({ length: 50 }, (_, n) => documentOf(corpus, n + 1))
      expect(documentOf(corpus, 7)).toEqual(documents[6])
      expect(new Set(documents.map((one) => Buffer.from(one).toString('base64'))).size).toBe(50)
      for (const one of documents) expect(one.length).toBe(documentBytes[corpus])
    }
  })

  it('3.16 text packs about as text does, and pages not at all', () => {
    const packed = (corpus: 'text' | 'pdf'): number => {
      const all = Buffer.concat(Array.from({ length: 100 }, (_, n) => documentOf(corpus, n + 1)))
      return deflateSync(all).length / all.length
    }
    expect(packed('text')).toBeGreaterThan(0.3)
    expect(packed('text')).toBeLessThan(0.7)
    expect(packed('pdf')).toBeGreaterThan(0.99)
  })
})
