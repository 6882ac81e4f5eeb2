// What a machine saw at the town's provider is written down once, by whom it takes, and the provider and accounts are administrators' to name.
import { beforeAll, describe, expect, it } from 'vitest'
import type { SignInSeen } from '@shared/ipc/contract/sign-in.ts'
import { createKey } from '@shared/identity/testing/provider.ts'
import type { Subtle } from '@shared/crypto/ports.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'

const issuer = 'https://idp.example'
let seen: SignInSeen
beforeAll(async () => {
  const key = await createKey(crypto.subtle as unknown as Subtle, 'k1')
  seen = { provider: { issuer, clientId: 'app' }, keys: [{ issuer, kid: 'k1', key: key.public }], account: { issuer, subject: 'u', label: 'u@town.example' } }
})

function copy(from: Objects, to: Objects): void {
  for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
}

const written = ({ host }: TestSeat, type: string): number => host.commits.flatMap(({ acts }) => acts).filter((act) => act.type === type).length

describe('a machine that saw the provider', () => {
  it('4.1 AU-30 AU-31 an administrator names it, the key is written once, nobody says what everybody believes already, and no account is claimed that the session rests on no token of', async () => {
    const office = await createOffice(smallTown, ['clerk', 'other'])
    const machine = () => createTestMachine(async () => new Uint8Array())
    const clerk = await openTestSeat(office, 'clerk', office.folder(), machine())
    const other = await openTestSeat(office, 'other', office.folder(), machine())
    expect(await clerk.refused('nameProvider', null)).toBe('ProviderSame')
    for (const { host } of [clerk, other]) host.see(seen)
    expect((await clerk.ask('trust', null)).accounts).toEqual({ issuer: null, issuerHere: issuer, bound: [], claims: [] })
    await clerk.done('nameProvider', null)
    await expect.poll(() => written(clerk, 'idp.key')).toBe(1)
    expect(await clerk.refused('nameProvider', null)).toBe('ProviderSame')
    copy(clerk.objects, other.objects)
    await other.service.takeIn()
    expect((await other.ask('trust', null)).accounts).toEqual({ issuer, issuerHere: null, bound: [], claims: [] })
    expect(await other.refused('nameProvider', null)).toBe('ProviderSame')
    expect(await other.refused('bindAccount', { claim: 'none' })).toBe('AccountGone')
    expect(await other.refused('releaseAccount', { binding: 'none', reason: 'x' })).toBe('AccountGone')
    expect([written(clerk, 'idp.key'), written(other, 'idp.key'), written(clerk, 'identity.claim'), written(other, 'identity.claim')]).toEqual([1, 0, 0, 0])
  })
})
