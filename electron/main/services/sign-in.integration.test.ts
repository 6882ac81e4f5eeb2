// Signing in at a machine with a real provider: what is kept, what a session rests on, and what happens when the provider says no.
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { publicKeyOf } from '@shared/crypto/keys.ts'
import { parseSignIn } from '@shared/identity/evidence.ts'
import { judgeSignIn, tokenVerifier } from '@shared/identity/sign-in.ts'
import type { SignInStatus } from '@shared/ipc/contract/sign-in.ts'
import { openSessionEvidence } from '@shared/judge/session-proofs.ts'
import { collectionZero, sessionName } from '@shared/log/names.ts'
import { parseSession } from '@shared/log/session.ts'
import { defaultRules } from '@shared/posture/checks/rules.ts'
import { checks } from '@shared/posture/checks/table.ts'
import { browse, startOidcProvider, type OidcServer } from '../../../e2e/servers/oidc-provider.ts'
import { tokenLines } from '../posture/token-lines.ts'
import { attemptSignIn } from '../sign-in/attempt.ts'
import type { Managed } from '../sign-in/managed-config.ts'
import { refreshSignIn, type Ask } from '../sign-in/provider-client.ts'
import { nodeHost } from './node-host.ts'
import { createObjectStore } from './object-store.ts'
import { createProfile } from './profile.ts'
import { createSignInService, refreshEveryMs } from './sign-in-service.ts'
import { stateless } from './testing/stateless.ts'
import { clearAway, device, founded, openVault, osSecret, people, pin, seats } from './testing/session-device.ts'

let town: OidcServer
beforeAll(async () => {
  town = await startOidcProvider()
  for (const name of ['yamada', 'sato']) town.account(name)
})
afterAll(() => town.stop())
afterEach(clearAway)

/** Timers that a test lets run. */
function heldTimers() {
  let waiting: { at: number; act: () => void }[] = []
  let now = 0
  return {
    after(ms: number, act: () => void) {
      const one = { at: now + ms, act }
      waiting.push(one)
      return () => void (waiting = waiting.filter((other) => other !== one))
    },
    pass(ms: number) {
      now += ms
      const due = waiting.filter(({ at }) => at <= now)
      waiting = waiting.filter(({ at }) => at > now)
      for (const { act } of due) act()
    },
  }
}

async function machine() {
  const folder = await mkdtemp(join(tmpdir(), 'fumibako-'))
  const timers = heldTimers()
  const around = { isDown: false, managed: { issuer: town.issuer, clientId: town.clientId } as Managed, who: 'yamada', sitting: null as string | null }
  const told: SignInStatus[] = []
  const noted: string[] = []
  const hear: ((status: SignInStatus) => void)[] = []
  const ask: Ask = async ({ method, url, headers, body }, signal) => {
    if (around.isDown) throw new Error('no line')
    const answer = await fetch(url, { method, headers, redirect: 'manual', signal, ...(body ? { body } : {}) })
    return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) }
  }
  const provider = { ask, host: nodeHost, now: Date.now }
  const openExternal = async (address: string): Promise<boolean> => {
    void browse(address, { account: around.who, password: `password of ${around.who}` }, (at) => new URL(at).pathname === '/signed-in').then((back) => fetch(back), () => undefined)
    return true
  }
  const signIn = createSignInService({
    profile: createProfile(nodeHost, join(folder, 'workspace'), osSecret),
    clock: { now: Date.now },
    timers,
    managed: async () => around.managed,
    attempt: (managed, keys, signal) => attemptSignIn({ ...provider, openExternal, pages: () => ({ done: '', notExpected: '' }) }, managed, keys, signal),
    refresh: (managed, token, signal) => refreshSignIn(provider, managed, token, signal),
    openSeat: () => around.sitting,
    lock: async () => {
      await held.session.lock('person')
      around.sitting = null
    },
    changed(_seat, status) {
      told.push(status)
      for (const one of hear) one(status)
    },
    note: (code) => void noted.push(code),
  })
  /** What the check of the sign-in was told each time the device was looked at. */
  const looked: string[] = []
  const state = { ...stateless, measure: async () => (looked.push(tokenLines(await signIn.token())), null) }
  const held = await device({ folder, signIn, os: osSecret, state })
  await founded(held.session)
  const seat = (await seats(held.session))[0]?.seat ?? ''
  const comes = (state: SignInStatus['state']): Promise<SignInStatus> => new Promise((resolve) => void hear.push((status) => status.state === state && resolve(status)))
  return {
    ...held, signIn, seat, around, timers, told, noted, looked, comes,
    async open() {
      const opened = await held.session.page.session.unlock({ seat, pin })
      if (opened.ok) around.sitting = seat
      return opened.ok ? 'open' : opened.error.type
    },
    async close() {
      await held.session.lock('person')
      around.sitting = null
    },
    async enter() {
      const done = comes('in')
      await signIn.page.begin({ seat })
      return done
    },
    status: async () => {
      const status = await signIn.page.status({ seat })
      return status.ok ? status.value : null
    },
  }
}

/** What the open session rests on. */
async function evidenceHere({ session, folder }: Awaited<ReturnType<typeof machine>>) {
  const vault = await openVault(session)
  const object = await createObjectStore(join(folder, 'objects', 'z1', vault.workspace)).get(sessionName(vault.session))
  const certificate = object && parseSession(object)
  if (!certificate) throw new Error('the certificate is there')
  const keys = { epochKey: async (_collection: string, epoch: number) => importContentKey(nodeHost, vault.epochKeys.find((k) => k.collection === collectionZero && k.epoch === epoch)?.key as Uint8Array) }
  const set = await openSessionEvidence({ host: nodeHost, keys }, certificate)
  return { body: certificate.body, set: typeof set === 'string' ? null : set }
}

describe('signing in at this machine', () => {
  it('4.1 after the first opening the seat can sign in; the next session rests on that token, and it proves whose account it is', async () => {
    const here = await machine()
    expect([(await here.status())?.state, (await here.signIn.page.begin({ seat: here.seat })).ok]).toEqual(['unknown-seat', false])
    expect([await here.open(), (await evidenceHere(here)).set?.token]).toEqual(['open', null])
    await here.close()
    expect((await here.status())?.state).toBe('out')
    expect(await here.enter()).toMatchObject({ label: 'yamada', trouble: null })
    expect(await here.open()).toBe('open')
    const { body, set } = await evidenceHere(here)
    const parsed = parseSignIn(set?.token?.bytes ?? new Uint8Array())
    // Refreshed at this very opening.
    expect([typeof parsed?.token, typeof parsed?.refreshed]).toEqual(['string', 'string'])
    const record = await createProfile(nodeHost, join(here.folder, 'workspace'), osSecret).load()
    if (typeof record === 'string') throw new Error(record)
    const seen = await here.signIn.vault.seen({})
    if (!seen.ok) throw new Error(seen.error.type)
    const state = reduceAuthority([])
    const [key] = seen.value.keys
    const providers = new Map([['idp', { id: 'idp', ...(seen.value.provider ?? { issuer: '', clientId: '' }), from: '2020-01-01', to: null }]])
    const providerKeys = new Map(key ? [['k', { ...key, thumbprint: 't', observers: [] }]] : [])
    const place = { workspace: record.workspace, device: publicKeyOf(record.device.signing), person: people[0] ?? '', notBefore: Date.now() }
    const opened = await createSeatKey(here)
    const judged = await judgeSignIn(tokenVerifier(nodeHost), set?.token?.bytes ?? new Uint8Array(), { ...place, seat: opened }, { ...state, providers, providerKeys })
    expect([judged.account?.subject, judged.reasons, body.token === null]).toEqual(['yamada', [{ code: 'provider-key-unconfirmed' }], false])
  })

  it('4.5 PC-18 what the provider vouches for passes the check of the device from the first word of the session on, while it says so', async () => {
    const here = await machine()
    const rules = { ...defaultRules, contexts: ['c20'] }
    const check = () => checks.linux['idp.context'].judge({ token: here.looked.at(-1) ?? 'nothing was looked at' }, { rules, now: Date.now() })
    await here.open()
    expect(check()).toEqual({ verdict: 'unknown', reason: 'token-absent', trust: 'vouched' })
    await here.close()
    town.account('yamada').acrs = ['c20', 'c1']
    try {
      await here.enter()
      await here.open()
      expect(check()).toEqual({ verdict: 'pass', reason: null, trust: 'vouched' })
      await here.close()
      town.account('yamada').acrs = ['c1']
      await here.open()
      expect(check()).toEqual({ verdict: 'fail', reason: 'context-missing', trust: 'vouched' })
      await here.close()
      expect(await here.signIn.token()).toBe(null)
    } finally {
      town.account('yamada').acrs = []
    }
  })

  it('4.2 a disabled account locks the open seat at the next quarter of an hour, and the seat does not open again before a sign-in', async () => {
    const here = await machine()
    await here.open()
    await here.close()
    await here.enter()
    await here.open()
    town.account('yamada').disabled = true
    try {
      const refused = here.comes('refused')
      here.timers.pass(refreshEveryMs - 1)
      expect(here.around.sitting).toBe(here.seat)
      here.timers.pass(1)
      await refused
      await here.signIn.page.status({ seat: here.seat })
      await expect.poll(() => here.around.sitting).toBe(null)
      expect([await here.open(), (await here.status())?.state, here.noted.includes('sign-in.refused')]).toEqual(['SignInEnded', 'refused', true])
    } finally {
      town.account('yamada').disabled = false
    }
    const again = here.comes('in')
    await here.signIn.page.begin({ seat: here.seat })
    await again
    expect(await here.open()).toBe('open')
    expect((await evidenceHere(here)).set?.token).not.toBe(null)
  })

  it('4.2 whoever was refused does not open the seat with the account of somebody else, and is not kept out for ever where the machine names no provider any more', async () => {
    const here = await machine()
    await here.open()
    await here.close()
    await here.enter()
    town.account('yamada').disabled = true
    try {
      expect(await here.open()).toBe('SignInEnded')
      here.around.who = 'sato'
      await here.signIn.page.begin({ seat: here.seat })
      await expect.poll(async () => (await here.status())?.trouble).toBe('other-account')
      expect(await here.open()).toBe('SignInEnded')
      here.around.managed = 'none'
      expect(await here.open()).toBe('open')
    } finally {
      town.account('yamada').disabled = false
    }
  })

  it('4.2 where the provider cannot be asked, work goes on with the last token, and it is asked again a quarter of an hour later', async () => {
    const here = await machine()
    await here.open()
    await here.close()
    const { at } = await here.enter()
    here.around.isDown = true
    expect(await here.open()).toBe('open')
    expect(parseSignIn((await evidenceHere(here)).set?.token?.bytes ?? new Uint8Array())?.refreshed).toBe(null)
    here.timers.pass(refreshEveryMs)
    here.around.isDown = false
    const kept = here.comes('in')
    await expect.poll(() => (here.timers.pass(refreshEveryMs), here.told.at(-1)?.at ?? 0)).toBeGreaterThanOrEqual(at ?? 0)
    expect((await kept).state).toBe('in')
    expect(here.around.sitting).toBe(here.seat)
  })

  it('4.1 without settings of the administrator there is no sign-in; settings that anybody could write are none', async () => {
    const here = await machine()
    await here.open()
    await here.close()
    for (const [managed, state] of [['none', 'none'], ['untrusted', 'config-unusable'], ['unreadable', 'config-unusable']] as const) {
      here.around.managed = managed
      expect([(await here.status())?.state, (await here.signIn.page.begin({ seat: here.seat })).ok]).toEqual([state, false])
    }
  })

  it('4.1 one attempt at a time, and the person can end it', async () => {
    const here = await machine()
    await here.open()
    await here.close()
    here.around.who = 'nobody'
    await here.signIn.page.begin({ seat: here.seat })
    await here.signIn.page.begin({ seat: here.seat })
    await expect.poll(() => here.told.at(-1)?.state).toBe('waiting')
    await here.signIn.page.cancel({})
    await expect.poll(async () => (await here.status())?.trouble).toBe('ended')
    expect((await here.status())?.state).toBe('out')
  })

  it('4.1 no token and no refresh token lies readable on the disk, and none is in what is logged', async () => {
    const here = await machine()
    await here.open()
    await here.close()
    await here.enter()
    await here.open()
    const { set } = await evidenceHere(here)
    const parsed = parseSignIn(set?.token?.bytes ?? new Uint8Array())
    const secrets = [parsed?.token ?? '', parsed?.refreshed ?? ''].flatMap((token) => token.split('.')).filter((part) => part.length > 40)
    expect(secrets.length).toBeGreaterThan(3)
    const files = await readdir(here.folder, { recursive: true, withFileTypes: true })
    for (const file of files.filter((one) => one.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name), 'latin1')
      for (const secret of secrets) expect(bytes.includes(secret)).toBe(false)
    }
    expect(here.noted.join()).not.toContain('ey')
  })
})

/** The public key of the seat that is open, as its file holds it. */
async function createSeatKey({ folder, seat }: Awaited<ReturnType<typeof machine>>): Promise<Uint8Array> {
  const { openSeat } = await import('./seat-file.ts')
  const profile = createProfile(nodeHost, join(folder, 'workspace'), osSecret)
  const keys = await openSeat(nodeHost, seat, (await profile.readSeat(seat)) ?? new Uint8Array(), pin, await profile.deviceSecret())
  if (!keys || keys === 'damaged') throw new Error('the seat opens')
  return publicKeyOf(keys.signing)
}
