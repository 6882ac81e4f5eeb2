// The gate under attack, in the package: what a header that lies gets from main, and what a changed program does.
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Result } from '@shared/base/result.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import { expect, test } from '../hosts/test.ts'
import { openOffice, people, pin, sitDown } from '../journeys/steps.ts'
import { fillSecret, press } from '../screens/controls.ts'
import { EndpointScreen } from '../screens/endpoint-screen.ts'
import { callVault, takeVaultPort } from './vault-port.ts'

interface Lane {
  readonly lane: string
  readonly seq: number
}

test('4.8 a header that lies gets no signature: whose it is main says itself, and what the page says of it is looked at', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.drafter, people.chief])
  await sitDown(host, people.drafter)
  const page = await host.page()
  await takeVaultPort(page)
  const opened = (await callVault(page, 'vault.open', {})) as Result<OpenVault>
  if (!opened.ok) throw new Error(opened.error.type)
  const { lane, session } = opened.value
  const lanes = async (): Promise<readonly Lane[]> => {
    const told = (await callVault(page, 'journal.lanes', { collection: 'c-general-affairs' })) as Result<readonly Lane[]>
    return told.ok ? told.value : []
  }
  const before = await lanes()
  const event = new TextEncoder().encode('an event of the script’s own making')
  const hash = createHash('sha256').update(event).digest('hex')
  const honest = { collection: 'c-general-affairs', seq: (before.find((one) => one.lane === lane)?.seq ?? 0) + 1, hlc: { ms: Date.now(), n: 0 }, authority: {}, epoch: 0, acts: [{ type: 'draft.cover', doc: null, event: hash, sealed: hash }], events: [event] }
  const told = async (lie: object): Promise<unknown> => {
    const answer = (await callVault(page, 'journal.commit', { ...honest, ...lie })) as { readonly ok: boolean; readonly error?: { readonly type: string; readonly reasons?: readonly { readonly code: string }[] } }
    return [answer.ok, answer.error?.type, ...(answer.error?.reasons ?? []).map(({ code }) => code).filter((code) => code !== 'token-unknown' && code !== 'posture-unknown')]
  }
  // Who, in which lane, under which session: no words for it reach main at all.
  for (const claim of [{ lane }, { lane: `${lane}x` }, { session }, { session: hash }, { person: 'sakita' }, { workspace: 'other' }, { prev: hash }, { suite: 2 }]) expect([claim, await told(claim)]).toEqual([claim, [false, 'BadRequest']])
  // What it knew, when, what is in it, where it stands.
  expect(await told({ authority: { [lane]: 1_000 } })).toEqual([false, 'GateDenied', 'authority-ahead'])
  expect(await told({ hlc: { ms: Date.now() + 60 * 60 * 1000, n: 0 } })).toEqual([false, 'GateDenied', 'clock-drift'])
  expect(await told({ acts: [{ ...honest.acts[0], sealed: createHash('sha256').update('x').digest('hex') }] })).toEqual([false, 'GateDenied', 'acts-differ'])
  expect(await told({ acts: [...honest.acts, ...honest.acts] })).toEqual([false, 'GateDenied', 'acts-differ'])
  expect(await told({ seq: honest.seq + 5 })).toEqual([false, 'LaneMoved'])
  expect(await told({ epoch: 7 })).toEqual([false, 'GateDenied', 'epoch-unknown'])
  expect(await told({ collection: 'c-council', seq: 1 })).toEqual([false, 'GateDenied', 'collection-not-granted'])
  expect(await lanes()).toEqual(before)
})

test('4.8 4.5 a changed archive starts on Linux, where Electron does not look, and says of itself that it is not as it was shipped: what stands against it is that nobody but the machine’s administrator can write it', async ({ launchApp, appFolder }) => {
  const host = await launchApp()
  await openOffice(host, [people.drafter])
  await host.quit()
  const changed = join(dirname(host.profile), 'changed-app')
  cpSync(appFolder, changed, { recursive: true })
  chmodSync(changed, 0o755)
  const archive = join(changed, 'resources/app.asar')
  const bytes = readFileSync(archive)
  const at = bytes.indexOf('どなたが使いますか')
  expect(at).toBeGreaterThan(0)
  bytes.write('だれでも使えますよ', at)
  writeFileSync(archive, bytes)
  expect(createHash('sha256').update(readFileSync(archive)).digest('hex')).not.toBe(createHash('sha256').update(readFileSync(join(appFolder, 'resources/app.asar'))).digest('hex'))
  const again = await launchApp({ profile: host.profile, appFolder: changed })
  const page = await again.page()
  await page.getByRole('heading', { name: 'だれでも使えますよ' }).waitFor()
  // It is another program now, and still has to be opened with the PIN.
  await page.getByRole('button', { name: people.drafter }).click()
  await fillSecret(page, `${people.drafter} さんの PIN`, pin)
  await press(page, '開く')
  const endpoint = new EndpointScreen(page)
  await endpoint.open()
  expect(await endpoint.words('文箱そのもの')).toContain('文箱のファイルが、配られたときと違います。')
})
