import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../base/bytes.ts'
import { reduceDocument } from '../document/reduce.ts'
import { rulesOf } from '../document/rules.ts'
import { codeToRecoveryShare, joinRecoveryShares, type RecoveryShare } from '../crypto/recovery-shares.ts'
import type { KnownEvent, LogEvent } from '../log/event.ts'
import frozenKeys from '../log/fixtures/keys.json' with { type: 'json' }
import frozenObjects from '../log/fixtures/objects.json' with { type: 'json' }
import frozenReading from '../log/fixtures/reading.json' with { type: 'json' }
import { epochWrapsToBytes, parseEpochWraps, parseSingleWrap, singleWrapToBytes } from '../log/wraps.ts'
import { isHpke, keepWraps, makeFrozen, type FrozenObjects } from './testing/frozen-making.ts'
import { readFrozen } from './testing/frozen-reading.ts'

const objects: FrozenObjects = frozenObjects
const frozen = { objects, keys: frozenKeys }

interface Reading {
  readonly segments: Readonly<Record<string, { readonly events?: readonly { readonly id: string; readonly event: LogEvent }[] } | string>>
  readonly state: { readonly stateHash: string; readonly outcomes: Readonly<Record<string, readonly string[]>>; readonly sections: readonly string[] }
}

const reading = frozenReading as unknown as Reading

describe('the frozen forms', () => {
  it('2.6a frozen segments, sessions, packs, wraps and beacons read as they did', async () => {
    expect(await readFrozen(frozen)).toEqual(frozenReading)
  })

  it('2.6a frozen objects are made again by the code of today, bit for bit', async () => {
    const made = await makeFrozen()
    expect(made.keys).toEqual(frozenKeys)
    expect(keepWraps(made.objects, objects)).toEqual(objects)
  })

  it('2.6a frozen wraps, whose keys HPKE drew, are written again as they were read', () => {
    const wraps = Object.entries(objects).filter(([name]) => isHpke(name))
    expect(wraps.map(([name]) => name[0])).toEqual(['k', 'k', 'u', 'u', 'u', 'u', 'u'])
    for (const [name, hex] of wraps) {
      const [epoch, single] = [parseEpochWraps(hexToBytes(hex)), parseSingleWrap(hexToBytes(hex))]
      expect(name.startsWith('k/') ? epoch : single).not.toBeNull()
      expect(bytesToHex(epoch ? epochWrapsToBytes(epoch) : single ? singleWrapToBytes(single) : new Uint8Array())).toBe(hex)
    }
  })

  it('2.6a a frozen object of each kind means something else, or nothing, when a byte is changed', async () => {
    const ofEachKind = new Map(Object.entries(objects).map((one) => [one[0].split('/').slice(0, one[0].startsWith('j/') ? 3 : 1).join('/'), one]))
    for (const [name, hex] of ofEachKind.values()) {
      // Of a later segment nothing is read but that it is later.
      if (name.endsWith('.segment')) continue
      const at = Math.floor(hex.length / 4) * 2
      const changed = hex.slice(0, at) + (hex[at] === '0' ? '1' : '0') + hex.slice(at + 1)
      expect([name, await readFrozen({ ...frozen, objects: { ...objects, [name]: changed } })]).not.toEqual([name, frozenReading])
    }
  })

  it('2.6b 3.1 frozen collection zero and recovery sheets: the founding is accepted, any two sheets give the seed', async () => {
    const zero = Object.entries(reading.state.outcomes).filter(([name]) => name.startsWith('j/sa7q77tm50dcgf9j/'))
    expect(zero.map(([, outcome]) => outcome[0]).toSorted()).toEqual(['accepted', 'accepted', 'accepted', 'quarantined'])
    expect(reading.state.sections.toSorted()).toEqual(['general', 'works'])
    const sheets = frozenReading.recovery.sheets.map((code) => codeToRecoveryShare(code) as RecoveryShare)
    for (const [a, b] of [[0, 1], [2, 0], [1, 2]]) expect(bytesToHex(joinRecoveryShares(sheets[a as number] as RecoveryShare, sheets[b as number] as RecoveryShare) ?? new Uint8Array())).toBe(frozenKeys.recoverySeed)
  })

  it('2.6c frozen events of an unknown type and of a later schema are kept and shown, and a later segment waits', async () => {
    const known = Object.values(reading.segments).flatMap((one) => (typeof one === 'string' ? [] : (one.events ?? [])))
    const later = known.filter(({ event }) => event.v > 1 || event.type === 'poem.recite')
    expect(later.map(({ event }) => [event.type, event.v, 'weight' in event])).toEqual([['poem.recite', 1, false], ['draft.cover', 2, true]])
    const events = later.map(({ id, event }, i): KnownEvent => ({ id, event, lane: 'a.1/c1', seq: i + 1 }))
    expect(reduceDocument(events, rulesOf([])).unknown.map(({ id }) => id).toSorted()).toEqual(later.map(({ id }) => id).toSorted())
    expect(Object.values(reading.segments).filter((one) => typeof one === 'string')).toEqual(['later-format', 'later-format'])
  })

  it('2.6e frozen segments pass the door to the frozen state hash, whichever object comes first', async () => {
    const turned = Object.fromEntries(Object.entries(objects).toReversed())
    const again = (await readFrozen({ ...frozen, objects: turned })) as unknown as Reading
    expect(again.state.stateHash).toBe(reading.state.stateHash)
    expect(again.state.outcomes).toEqual(reading.state.outcomes)
  })
})
