import { describe, expect, it } from 'vitest'
import type { DocumentGrant } from '@shared/authority/model.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { createKeyPair } from '@shared/crypto/keys.ts'
import { testHost } from '@shared/judge/testing/world.ts'
import { handedKeysToBytes, handKey } from '@shared/log/handed-keys.ts'
import { collectionHandle, documentHandle, handedKeysName, keyedHandle } from '@shared/log/names.ts'
import { documentKeyId, personRecipient, sealDocumentKey } from '@shared/log/wraps.ts'
import { givenKey } from './given-key.ts'

const ids = { workspace: 'town', genesis: 'ab'.repeat(32) }
const document = documentHandle(ids.workspace, 'a document')

async function office() {
  const host = testHost('given')
  const adviser = createKeyPair(host)
  const epoch = await importContentKey(host, host.random.bytes(32))
  const [first, later, swapped] = [host.random.bytes(32), host.random.bytes(32), host.random.bytes(32)]
  const named = keyedHandle(document, documentKeyId(document, later))
  const objects = new Map<string, Uint8Array>()
  const hand = async (handle: string, raw: Uint8Array, under = handle): Promise<void> => {
    const place = { workspace: ids.workspace, collection: 'c1', docHandle: handle }
    const wrap = await sealDocumentKey(host, epoch, 0, place, raw)
    const handed = await handKey(host, () => epoch, place, wrap, [[personRecipient('adviser', adviser.publicKey), adviser.publicKey]])
    objects.set(handedKeysName(collectionHandle(ids.genesis, 'c1'), under), handedKeysToBytes(handed?.wraps ?? {}))
  }
  const grant: DocumentGrant = { id: 'g', person: 'adviser', collection: 'c1', document, role: 'reader', reason: '', key: documentKeyId(document, first), from: '2026-10-01', to: '2026-12-31', reviewBy: '2026-12-31' }
  const ask = (asked: string, given: readonly DocumentGrant[] = [grant], collection = 'c1') => givenKey({ get: async (name) => objects.get(name) ?? null }, ids, { person: 'adviser', personKey: adviser.privateKey, given }, { collection, document: asked })
  return { hand, ask, first, later, swapped, named }
}

describe('the key of a document that was given', () => {
  it('4.11 AU-90 LG-72 comes of what was given, first and later keys, and of nothing else', async () => {
    const { hand, ask, first, later, named } = await office()
    expect(await ask(document)).toBe(null)
    await hand(document, first)
    await hand(named, later)
    expect(await ask(document)).toEqual(first)
    expect(await ask(named)).toEqual(later)
    expect(await ask(document, [])).toBe(null)
    expect(await ask(document, undefined, 'c2')).toBe(null)
    expect(await ask(documentHandle(ids.workspace, 'another'))).toBe(null)
  })

  it('4.11 LG-72 another key in its place is none', async () => {
    const { hand, ask, swapped, first, named } = await office()
    await hand(document, swapped)
    expect(await ask(document)).toBe(null)
    await hand(document, first, named)
    expect(await ask(named)).toBe(null)
  })
})
