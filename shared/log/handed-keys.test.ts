import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { importContentKey } from '../crypto/envelope.ts'
import { createKeyPair } from '../crypto/keys.ts'
import { testHost } from '../judge/testing/world.ts'
import { handKey, handedKeysToBytes, openHandedKey, parseHandedKeys, uniteHandedKeys } from './handed-keys.ts'
import { documentHandle, keyedHandle } from './names.ts'
import { documentKeyId, sealDocumentKey } from './wraps.ts'

const host = testHost('handed')
const docHandle = documentHandle('town', 'a document')
const place = { workspace: 'town', collection: 'c-general-affairs', docHandle }

async function setting() {
  const raw = host.random.bytes(32)
  const epoch = await importContentKey(host, host.random.bytes(32))
  const [adviser, other] = [createKeyPair(host), createKeyPair(host)]
  const hand = (at = place, wrapped = raw) => sealDocumentKey(host, epoch, 0, at, wrapped).then((wrap) => handKey(host, () => epoch, at, wrap, [['adviser.1', adviser.publicKey], ['other.2', other.publicKey]]))
  return { raw, adviser, other, hand }
}

describe('a document’s key that is handed to people', () => {
  it('4.11 LG-71 opens to each under their own key, for that document, collection and name only', async () => {
    const { raw, adviser, other, hand } = await setting()
    const handed = await hand()
    const object = handedKeysToBytes(handed?.wraps ?? {})
    expect(await openHandedKey(adviser.privateKey, place, 'adviser.1', object)).toEqual(raw)
    expect(await openHandedKey(other.privateKey, place, 'other.2', object)).toEqual(raw)
    expect(await openHandedKey(other.privateKey, place, 'adviser.1', object)).toBe(null)
    expect(await openHandedKey(adviser.privateKey, place, 'nobody.3', object)).toBe(null)
    for (const over of [{ workspace: 'city' }, { collection: 'c-other' }, { docHandle: documentHandle('town', 'another') }]) expect(await openHandedKey(adviser.privateKey, { ...place, ...over }, 'adviser.1', object)).toBe(null)
    expect(JSON.stringify([...object])).not.toContain(JSON.stringify([...raw]).slice(1, -1))
  })

  it('4.11 LG-72 says which key it is: the first by its commitment, a later one by its own name; one that is not held is not handed on', async () => {
    const { raw, hand } = await setting()
    expect((await hand())?.id).toBe(documentKeyId(docHandle, raw))
    const later = keyedHandle(docHandle, documentKeyId(docHandle, raw))
    expect((await hand({ ...place, docHandle: later }))?.id).toBe(documentKeyId(docHandle, raw))
    expect(await hand({ ...place, docHandle: later }, host.random.bytes(32))).toBe(null)
  })

  it('4.11 LG-72 SY-12 only ever grows: who is there keeps the wrap that is there, and what is none changes nothing', async () => {
    const wrap = (text: string) => ({ enc: utf8ToBytes(text), ct: utf8ToBytes('key') })
    const [before, come] = [handedKeysToBytes({ 'anna.1': wrap('a') }), handedKeysToBytes({ 'anna.1': wrap('b'), 'ben.2': wrap('c') })]
    expect(parseHandedKeys(uniteHandedKeys(before, come) ?? new Uint8Array())).toEqual({ 'anna.1': wrap('a'), 'ben.2': wrap('c') })
    for (const odd of [new Uint8Array(), utf8ToBytes('x'), encodeCbor({ s: 1, v: 1, kind: 'epoch', to: {} }), encodeCbor({ s: 1, v: 1, kind: 'handed', to: {}, more: 1 }), encodeCbor({ s: 2, v: 1, kind: 'handed', to: {} }), encodeCbor({ s: 1, v: 1, kind: 'handed', to: { a: { enc: 'x', ct: 'y' } } })]) {
      expect(parseHandedKeys(odd)).toBe(null)
      expect(uniteHandedKeys(before, odd)).toBe(null)
    }
  })
})
