import { describe, expect, it } from 'vitest'
import vectors from '../filing/vectors/domain-vectors.json' with { type: 'json' }
import { sampleTown as town } from './sample-town.ts'

const ids = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id)

describe('the sample town', () => {
  it('2.10 has no dangling reference and no id twice', () => {
    for (const rows of [town.sections, town.people, town.positions, town.appointments, town.collections, town.grants, town.series, town.forms]) {
      expect(new Set(ids(rows)).size).toBe(rows.length)
    }
    for (const { section, superior } of town.positions) {
      expect(ids(town.sections)).toContain(section)
      if (superior !== null) expect(ids(town.positions)).toContain(superior)
    }
    for (const { person, position } of town.appointments) {
      expect(ids(town.people)).toContain(person)
      expect(ids(town.positions)).toContain(position)
    }
    for (const { person, collection } of town.grants) {
      expect(ids(town.people)).toContain(person)
      if (collection !== null) expect(ids(town.collections)).toContain(collection)
    }
  })

  it('2.10 has its names code point for code point', () => {
    const names = town.people.map(({ familyName }) => familyName)
    const codes = (text: string): readonly string[] => [...text].map((char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}`)
    const wanted = ['\u9AD9橋', '\uFA11田', '\u{20BB7}田', '\uFA19尾', '葛\u{E0100}城', '渡\u9089']
    for (const name of wanted) {
      expect(names).toContain(name)
      expect(vectors.names.find(({ s }) => s === name)?.codepoints).toEqual(codes(name))
    }
  })

  it('2.10 every position is held and the council is read by its own people only', () => {
    for (const { id } of town.positions) expect(town.appointments.some(({ position }) => position === id)).toBe(true)
    const readers = town.grants.filter(({ collection }) => collection === 'c-council').map(({ person }) => person)
    expect(new Set(readers)).toEqual(new Set(['hamada', 'suzuki', 'yanagi']))
  })

  it('2.6b reviews every grant within a year and a contractor sooner', () => {
    expect(town.grants.every(({ reviewBy }) => reviewBy <= '2027-04-01')).toBe(true)
    expect(town.grants.filter(({ person, collection }) => person === 'ono' && collection !== null)).toMatchObject([{ role: 'writer', reviewBy: '2026-12-31' }])
  })

  it('2.12 has a three-level classification whose leaves have a retention class', () => {
    const [schedule] = town.schedules
    const nodes = schedule?.nodes ?? []
    expect(nodes.length).toBeGreaterThanOrEqual(30)
    for (const node of nodes) {
      expect(node.code.split('-')).toHaveLength(node.level)
      if (node.parent !== null) expect(nodes.find(({ code }) => code === node.parent)?.level).toBe(node.level - 1)
      expect(node.retention === null).toBe(node.level < 3)
      if (node.retention !== null) expect(schedule?.classes.map(({ id }) => id)).toContain(node.retention)
    }
  })

  it('2.9 T1 has one sentence in both languages for every required field', () => {
    const [form] = town.forms
    const required = form?.fields.filter((field) => field.required) ?? []
    expect(required.map(({ id }) => id)).toEqual(['draftedOn', 'title', 'inquiry', 'reason', 'decisionClass', 'classNode', 'retention', 'disclosure', 'personalInfo'])
    for (const { missing } of required) expect(missing?.ja.endsWith('。') && missing.en.endsWith('.')).toBe(true)
    expect(form?.fields.every(({ kind, choices }) => (kind === 'choice' || kind === 'flags') === (choices !== undefined))).toBe(true)
  })
})
