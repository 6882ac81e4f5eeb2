import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvRows, csvText } from './csv.ts'

it('4.2 a table is read as it was written, whatever stands in its fields', () => {
  const field = fc.string({ unit: 'binary' }).map((one) => `x${one}`)
  fc.assert(fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
    expect(csvRows(csvText(rows))).toEqual(rows)
  }))
})

it('4.2 tables of other programs: semicolons and tabs, plain fields, any ends of lines, blank lines', () => {
  expect(csvRows('a;b\n1;"x;y"\r\n\r\n2;z')).toEqual([['a', 'b'], ['1', 'x;y'], ['2', 'z']])
  expect(csvRows('a\tb\r1\t2\r')).toEqual([['a', 'b'], ['1', '2']])
  expect(csvRows('\uFEFFa,b\n1,say "hi"\n,\n')).toEqual([['a', 'b'], ['1', 'say "hi"']])
  expect([csvRows(''), csvRows('a,"b')]).toEqual([[], null])
  // What stands in quotes separates nothing.
  for (const rows of [[['a;b;c', 'd'], ['1', '2']], [['a\n;;b', 'c'], ['1', '2']]]) expect(csvRows(csvText(rows))).toEqual(rows)
})
