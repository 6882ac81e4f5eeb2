// A seat of main's own services whose person signs in at a real provider; the quarter of an hour passes when it is asked to.

import { join } from 'node:path'
import { browse, type OidcServer } from '../../../e2e/servers/oidc-provider.ts'
import { nodeHost, systemClock } from '../../../electron/main/services/node-host.ts'
import { createProfile } from '../../../electron/main/services/profile.ts'
import { createSignInService } from '../../../electron/main/services/sign-in-service.ts'
import { attemptSignIn } from '../../../electron/main/sign-in/attempt.ts'
import { refreshSignIn, type Ask } from '../../../electron/main/sign-in/provider-client.ts'
import { people } from '../office/roles.ts'
import { cheapPin, openTown, takeSeat } from '../office/town.ts'

export interface SignedInSeat {
  /** Opens the seat with a fresh sign-in. */
  signIn(): Promise<void>
  /** The time of the next question has come; resolves when the seat is locked. */
  untilLocked(): Promise<void>
  close(): Promise<void>
}

export async function openSignedIn(folder: string, { issuer, clientId }: OidcServer, account: string): Promise<SignedInSeat> {
  const [person = ''] = people
  let due: (() => void) | null = null
  let open: string | null = null
  let locked: () => void = () => undefined
  let signedIn: () => void = () => undefined
  const ask: Ask = async ({ method, url, headers, body }, signal) => {
    const answer = await fetch(url, { method, headers, redirect: 'manual', signal, ...(body ? { body } : {}) })
    return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) }
  }
  const provider = { ask, host: nodeHost, now: systemClock.now }
  const service = createSignInService({
    profile: createProfile(nodeHost, join(folder, 'workspace'), null),
    clock: systemClock,
    timers: {
      after(_ms, act) {
        due = act
        return () => void (due = null)
      },
    },
    managed: async () => ({ issuer, clientId }),
    attempt: (managed, keys, signal) => attemptSignIn({ ...provider, openExternal: async (address) => (void follow(address), true), pages: () => ({ done: '', notExpected: '' }) }, managed, keys, signal),
    refresh: (managed, token, signal) => refreshSignIn(provider, managed, token, signal),
    openSeat: () => open,
    async lock() {
      await session.page.session.lock({})
      open = null
      locked()
    },
    changed: (_seat, { state }) => void (state === 'in' && signedIn()),
    note: () => undefined,
  })
  const follow = async (address: string): Promise<void> => void (await fetch(await browse(address, { account, password: `password of ${account}` }, (at) => new URL(at).pathname === '/signed-in')))
  const session = await openTown({ folder, exports: join(folder, 'exports'), people, cost: cheapPin, signIn: service })
  const sit = async (): Promise<string> => {
    await takeSeat(session, person)
    const status = await session.page.session.status({})
    open = status.ok && status.value.state === 'unlocked' ? status.value.seat.seat : null
    if (open === null) throw new Error('the seat does not open')
    return open
  }
  // A seat signs in from its second opening on.
  const seat = await sit()
  return {
    async signIn() {
      await session.page.session.lock({})
      open = null
      const done = new Promise<void>((resolve) => void (signedIn = resolve))
      const begun = await service.page.begin({ seat })
      if (!begun.ok) throw new Error(begun.error.type)
      await done
      await sit()
    },
    async untilLocked() {
      const done = new Promise<void>((resolve) => void (locked = resolve))
      due?.()
      await done
    },
    async close() {
      service.stop()
      await session.page.session.lock({})
    },
  }
}
