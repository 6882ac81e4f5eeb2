// A script that runs in the page, with everything the page itself has: the bridge, the worker, the port to main. It can neither decide
// nor export without the consent window, nor read a collection its person was not granted, and the journal shows that nothing happened.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Result } from '@shared/base/result.ts'
import { contract } from '@shared/ipc/contract.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import { namesFor } from '@shared/ipc/define.ts'
import { callVault, takeVaultPort } from '../hardening/vault-port.ts'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { idOf, takeWorker, tellWorker, type Hostile } from './page-worker.ts'
import { leave, openOffice, people, pin, sendRound, sitDown, writeDraft } from './steps.ts'

const clerkOfCouncil = '鈴木 茜'
const secretTitle = '議会の非公開会議の日程について'
const title = '町道の除雪路線について'

/** Every segment on the disk with a hash of its bytes. */
function journal(host: Host): Readonly<Record<string, string>> {
  const root = join(host.profile, 'objects')
  const names = (readdirSync(root, { recursive: true }) as string[]).filter((name) => /\/j\/.*\/\d{8}$/.test(name)).sort()
  return Object.fromEntries(names.map((name) => [name, createHash('sha256').update(readFileSync(join(root, name))).digest('hex')]))
}

test('2.7 4.8 script in the page can neither decide nor export nor read another collection without the consent window', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.drafter, people.chief, clerkOfCouncil])
  const page = await host.page()
  const secret = await test.step('somebody of the council writes what the others may not read', async () => {
    await sitDown(host, clerkOfCouncil)
    await writeDraft(host, { title: secretTitle, body: '十一月の会議は公開しない。' })
    await takeWorker(page)
    const id = await idOf(page, secretTitle)
    await leave(host)
    return id
  })
  await sendRound(host, people.drafter, { title, body: '除雪する路線を定める。' })
  await sitDown(host, people.chief)
  await takeWorker(page)
  const doc = await idOf(page, title)
  const before = journal(host)
  expect(Object.keys(before).length).toBeGreaterThan(5)

  await test.step('by the worker: the consent window comes, and nothing happens when it goes', async () => {
    const act = { kind: 'command', name: 'act', arg: { id: doc, act: 'approve', step: '1', position: 'general-affairs-chief', comment: '' } } as const
    const approval = tellWorker(page, 900_003, act)
    const consent = new ConsentScreen(await host.consentPage())
    expect((await consent.facts())['件名'] ?? (await consent.words())).toContain(title)
    await consent.cancel()
    expect(await approval).toMatchObject({ ok: false, error: { type: 'ConsentCancelled' } })

    const closed = tellWorker(page, 900_004, act)
    await (await host.consentPage()).close()
    expect(await closed).toMatchObject({ ok: false, error: { type: 'ConsentCancelled' } })

    const exported = tellWorker(page, 900_005, { kind: 'command', name: 'exportPackage', arg: { scope: { kind: 'document', id: doc }, position: 'general-affairs-chief', reason: '盗み出し' } })
    await new ConsentScreen(await host.consentPage()).cancel()
    expect(await exported).toMatchObject({ ok: false, error: { type: 'ConsentCancelled' } })
    expect(readdirSync(host.exports)).toEqual([])
  })

  await test.step('by the worker: another person’s collection is not there', async () => {
    expect(await tellWorker(page, 900_006, { kind: 'command', name: 'search', arg: { query: '非公開会議' } })).toEqual({ ok: true, value: [] })
    expect(await tellWorker(page, 900_007, { kind: 'watch', name: 'document', arg: { id: secret } })).toBeNull()
    for (const [at, name] of (['readPages', 'preview', 'openBody'] as const).entries()) {
      expect(await tellWorker(page, 900_010 + at, { kind: 'command', name, arg: { id: secret } }), name).toMatchObject({ ok: false, error: { type: 'DocumentMissing' } })
    }
  })

  await test.step('by the bridge: no channel of the vault or of consent', async () => {
    for (const channel of [...namesFor(contract, 'vault'), ...namesFor(contract, 'consent')]) {
      const said = await page.evaluate((name) => (window as unknown as Hostile).fumibako.call(name, {}).catch((error: Error) => error.message), channel)
      expect(said, channel).toBe('no such channel')
    }
  })
  expect(journal(host)).toEqual(before)

  await test.step('by the port to main: the gate asks for consent, and keys come only for what was granted', () => byThePort(page))
  expect(journal(host)).toEqual(before)

  await test.step('by unlocking with a guess: whoever sat here is locked out, and nobody is let in', async () => {
    await page.evaluate(() => {
      const { fumibako } = window as unknown as Hostile
      void fumibako.call('session.status', {}).then((status) => fumibako.call('session.unlock', { seat: (status as { value: { seat: { seat: string } } }).value.seat.seat, pin: 'mountain-2025' }))
    })
    await new UnlockScreen(page).shown()
    expect(await callVault(page, 'vault.open', {})).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
  })
  expect(journal(host)).toEqual(before)
})

async function byThePort(page: Page): Promise<void> {
  await takeVaultPort(page)
  const opened = (await callVault(page, 'vault.open', {})) as Result<OpenVault>
  if (!opened.ok) throw new Error(opened.error.type)
  const { lane, epochKeys } = opened.value
  expect(epochKeys.map(({ collection }) => collection).sort()).toEqual(['c-accounting', 'c-construction', 'c-dx', 'c-general-affairs', 'zero'])

  const lanes = (await callVault(page, 'journal.lanes', { collection: 'c-general-affairs' })) as Result<readonly { readonly lane: string; readonly seq: number }[]>
  const seq = (lanes.ok ? (lanes.value.find((one) => one.lane === lane)?.seq ?? 0) : 0) + 1
  const event = new TextEncoder().encode('an event of the script’s own making')
  const hash = createHash('sha256').update(event).digest('hex')
  const commit = (collection: string, at: number, type: string) => ({ collection, seq: at, hlc: { ms: Date.now(), n: 0 }, authority: {}, epoch: 0, acts: [{ type, doc: null, event: hash, sealed: hash }], events: [event] })
  for (const type of ['decision.approve', 'decision.return', 'decision.refuse', 'document.withdraw', 'document.export', 'document.print', 'grant.put', 'policy.put']) {
    expect(await callVault(page, 'journal.commit', commit('c-general-affairs', seq, type)), type).toEqual({ ok: false, error: { type: 'ConsentMissing', act: type, retry: 'never' } })
  }
  expect(await callVault(page, 'journal.commit', commit('c-council', 1, 'draft.cover'))).toMatchObject({ ok: false, error: { type: 'GateDenied', reasons: [{ code: 'collection-not-granted' }] } })
  expect(await callVault(page, 'export.begin', { consent: 'GUESSED0CONSENT0', name: 'stolen' })).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
  expect(await callVault(page, 'print.paper', { consent: 'GUESSED0CONSENT0', printer: 'any' })).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
  expect(await callVault(page, 'consent.request', { events: [event], title: '盗み', facts: [], warnings: [] })).toMatchObject({ ok: false, error: { type: 'ConsentRefused', reason: 'malformed' } })
  expect(await callVault(page, 'consent.confirm', { pin })).toEqual({ ok: false, error: { type: 'BadRequest', retry: 'never', channel: 'unknown' } })
  for (const name of ['u/kamio/recovery', 'u/root/recovery', '../workspace/profile', 'j/../../workspace/profile']) {
    expect(await callVault(page, 'objects.get', { name }), name).toMatchObject({ ok: false, error: { type: 'ObjectRefused' } })
  }

  // Sealed segments of the council may be carried about; no key here opens them and no word in them can be read.
  const council = (await callVault(page, 'journal.lanes', { collection: 'c-council' })) as Result<readonly { readonly lane: string; readonly seq: number }[]>
  const [writer] = council.ok ? council.value : []
  const read = (await callVault(page, 'journal.read', { collection: 'c-council', lane: writer?.lane ?? '', from: 1, count: 50 })) as Result<readonly { readonly bytes: readonly number[] }[]>
  const sealed = read.ok ? read.value.map(({ bytes }) => Buffer.from(bytes)) : []
  expect(sealed.length).toBeGreaterThan(0)
  expect(sealed.some((bytes) => bytes.includes(secretTitle.slice(0, 4)))).toBe(false)
}
