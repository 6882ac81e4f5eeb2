// Signing in with the town's account at a real provider: the browser is played by following where the app sends it. Two administrators name
// the provider, one says whose an account is, and a disabled account opens nothing any more.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { EndpointScreen } from '../screens/endpoint-screen.ts'
import { JoinScreen } from '../screens/join-screen.ts'
import type { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startOidcProvider, type OidcServer } from '../servers/oidc-provider.ts'
import { inBrowser, machineOf } from './sign-in-steps.ts'
import { decide, leave, openOffice, people, pin, sendRound, sitAtTrust, sitDown } from './steps.ts'

async function confirm(host: Host): Promise<string> {
  const window = new ConsentScreen(await host.consentPage())
  const words = await window.words()
  await window.confirm(pin)
  return words
}

const naming = '町のアカウントの発行元を決める'

/** Two administrators name the provider that this machine's administrator set; where the second one sits. */
async function nameProvider(host: Host, { issuer }: OidcServer): Promise<TrustScreen> {
  const first = await sitAtTrust(host, people.manager)
  expect(await first.accounts()).toContain(issuer)
  await first.startNameProvider()
  expect(await confirm(host)).toContain(issuer)
  expect(await first.proposal(naming)).toContain('ほかの管理者の賛成を待っています')
  await leave(host)
  const second = await sitAtTrust(host, people.dxHead)
  await second.startAgree(naming)
  await confirm(host)
  await second.proposalGone(naming)
  return second
}

test('4.1 4.2 a person signs in with the town’s account in the system’s browser, two administrators name the provider, one says whose the account is, and a disabled account opens nothing before the next sign-in @root', async ({ launchApp }, testInfo) => {
  const town = await startOidcProvider()
  const machine = machineOf(town)
  try {
    town.account('washio')
    const host = await launchApp({ keyring: true, enter: machine.enter })
    await openOffice(host, [people.manager, people.dxHead, people.drafter])
    const unlock = new UnlockScreen(await host.page())
    await unlock.shown()
    await unlock.choose(people.drafter)
    expect(await unlock.signIn()).toContain('一度 PIN で開くと')

    await nameProvider(host, town)
    await leave(host)

    await sitDown(host, people.drafter)
    await leave(host)
    await unlock.choose(people.drafter)
    expect(await unlock.signIn()).toContain('まだサインインしていません')
    expect(await inBrowser(host, 'washio')).toContain('サインインできました')
    await unlock.signInSays(/washio でサインインしています/)
    expect((await new AxeBuilder({ page: await host.page() }).setLegacyMode(true).analyze()).violations).toEqual([])
    const claimed = `${people.drafter}さんの席から、washio でサインインがありました`
    const own = await sitAtTrust(host, people.drafter)
    await expect.poll(() => own.accounts()).toContain(claimed)
    await leave(host)

    const third = await sitAtTrust(host, people.manager)
    await expect.poll(() => third.accounts()).toContain(claimed)
    await third.startBindAccount(people.drafter)
    const asked = await confirm(host)
    expect([asked.includes(people.drafter), asked.includes('washio')]).toEqual([true, true])
    await expect.poll(() => third.accountHolders()).toEqual([people.drafter])
    // The provider's list beside the seats, both ways: somebody was stopped, somebody is new, and two have no account yet.
    const told = await third.reconcile('accounts.csv', '\uFEFFユーザー名,状態\r\nwashio,無効\r\nshinjin,有効\r\n')
    expect(told).toContain(`${people.drafter}さん（washio）：アカウントは止められています。席 1 つ`)
    for (const words of ['2 件と照らし合わせました', 'shinjin', people.manager, people.dxHead]) expect(told).toContain(words)
    expect(await third.reconcile('accounts.csv', '氏名,所属\r\n山田,総務課\r\n')).toContain('アカウントの列が見つかりません')
    await (await host.page()).screenshot({ path: testInfo.outputPath('reconcile.png'), fullPage: true })
    expect((await new AxeBuilder({ page: await host.page() }).setLegacyMode(true).analyze()).violations).toEqual([])
    await leave(host)

    town.account('washio').disabled = true
    await unlock.choose(people.drafter)
    await unlock.tryPin(people.drafter, pin)
    await expect.poll(() => unlock.words()).toContain('町のアカウントの利用が止められています')
    expect(await unlock.words()).toContain('保存した文書は失われていません')
    await expect.poll(() => unlock.words()).toContain('この席は開けません')
    town.account('washio').disabled = false
    await inBrowser(host, 'washio')
    await unlock.signInSays(/washio でサインインしています/)
    await sitDown(host, people.drafter)
    expect(host.logs()).not.toContain('eyJ')
  } finally {
    machine.remove()
    await town.stop()
  }
})

test('4.1 4.7 4.10 where a town asks for a sign-in of the same day before deciding, who signed in decides and who did not is told to, and nothing is lost @root', async ({ launchApp }, testInfo) => {
  const town = await startOidcProvider()
  const machine = machineOf(town)
  try {
    for (const account of ['yoshida', 'sakita']) town.account(account)
    const host = await launchApp({ keyring: true, enter: machine.enter })
    const page = await host.page()
    await openOffice(host, [people.manager, people.dxHead, people.drafter, people.chief])
    const unlock = new UnlockScreen(page)
    const rule = '決裁：その日の、町のアカウントでのサインイン（12時間以内。なければ、サインインするまで決裁できない）'
    const second = await nameProvider(host, town)
    await second.startChangeRules({}, '決裁する人を確かめるため', { [rule]: true })
    await confirm(host)
    await expect.poll(async () => (await second.rules())['端末に求めること']).toContain(rule)
    await leave(host)

    const title = '除雪委託の単価について'
    await sendRound(host, people.drafter, { title, body: '1 単価は別紙のとおりとする。' })

    await sitDown(host, people.chief)
    await new DeskScreen(page).open('わたしの番', title)
    const document = new DocumentScreen(page)
    await document.startApprove()
    expect(await document.actRefusal()).toContain('この操作の前に、町のアカウントでのサインインが要ります。')
    await page.screenshot({ path: testInfo.outputPath('not-signed-in.png') })
    await document.closeDialog()
    await leave(host)
    // The provider's key is believed once an administrator has seen it as well.
    for (const [person, account] of [[people.chief, 'yoshida'], [people.manager, 'sakita']] as const) {
      await unlock.choose(person)
      await inBrowser(host, account)
      await unlock.signInSays(new RegExp(`${account} でサインインしています`))
      const own = await sitAtTrust(host, person)
      await expect.poll(() => own.accounts()).toContain(`${account} でサインインがありました`)
      await leave(host)
    }
    const binding = await sitAtTrust(host, people.dxHead)
    for (const person of [people.chief, people.manager]) {
      await binding.startBindAccount(person)
      await confirm(host)
      await expect.poll(() => binding.accountHolders()).toContain(person)
    }
    await leave(host)

    await sitDown(host, people.chief)
    await decide(host, title, '承認する')
    await expect.poll(() => document.marks()).toEqual([expect.stringContaining('総務係長')])
    await leave(host)
    await sitDown(host, people.manager)
    await new DeskScreen(page).open('わたしの番', title)
    expect(await document.marks()).toEqual([expect.stringContaining('総務係長')])
    await document.startApprove()
    await new ConsentScreen(await host.consentPage()).confirm(pin)
    await document.waitForStage('決裁済み')
    await leave(host)

    // On a machine that keeps no sign-in of theirs any more: signing in right where it is wanted, and the same act goes on.
    const next = '除雪機の更新について'
    await sendRound(host, people.drafter, { title: next, body: '1 更新する。' })
    await host.quit()
    for (const kept of readdirSync(host.profile, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)sign-in\.note$/.test(path))) rmSync(join(host.profile, kept))
    const again = await launchApp({ profile: host.profile, keyring: true, enter: machine.enter })
    await sitDown(again, people.chief)
    const desk = await again.page()
    await new DeskScreen(desk).open('わたしの番', next)
    const wanted = new DocumentScreen(desk)
    await wanted.startApprove()
    expect(await wanted.actRefusal()).toContain('この操作の前に、町のアカウントでのサインインが要ります。')
    await desk.screenshot({ path: testInfo.outputPath('sign-in-wanted.png') })
    expect((await new AxeBuilder({ page: desk }).setLegacyMode(true).analyze()).violations).toEqual([])
    expect(await inBrowser(again, 'yoshida', () => wanted.startSignIn())).toContain('サインインできました')
    await new ConsentScreen(await again.consentPage()).confirm(pin)
    await expect.poll(() => wanted.marks()).toEqual([expect.stringContaining('総務係長')])
    // How long that holds without a connection is counted down.
    const endpoint = new EndpointScreen(desk)
    await endpoint.open()
    await expect.poll(async () => (await endpoint.leases())['決裁（承認・差戻し・否決）']).toMatch(/^あと \d+ 時間 \d+ 分（令和.* まで）。サインインし直すと延びます。$/)
    expect((await endpoint.leases(testInfo.outputPath('leases.png')))['下書き']).toBe('期限はありません')
  } finally {
    machine.remove()
    await town.stop()
  }
})

test('4.1 settings that somebody other than the administrator could write send nobody to a provider @root', async ({ launchApp }) => {
  const town = await startOidcProvider()
  const machine = machineOf(town, 0o666)
  try {
    const host = await launchApp({ keyring: true, enter: machine.enter })
    await openOffice(host, [people.drafter])
    await sitDown(host, people.drafter)
    await leave(host)
    const unlock = new UnlockScreen(await host.page())
    await unlock.choose(people.drafter)
    expect(await unlock.signIn()).toContain('設定が読めません')
    expect(host.opened()).toEqual([])
    expect(town.asked).toEqual([])
  } finally {
    machine.remove()
    await town.stop()
  }
})

test('4.16 T4 whoever phished a password signs in at the real provider and gets nothing: no seat at a machine of their own, and at the person’s machine the PIN is still asked @root', async ({ launchApp }) => {
  const town = await startOidcProvider()
  const machine = machineOf(town)
  try {
    town.account('washio')
    // At a machine of their own there is nothing to sign in to: who joins brings an invitation, and an administrator compares six words.
    const own = await launchApp({ keyring: true, enter: machine.enter })
    await new JoinScreen(await own.page()).open()
    await expect((await own.page()).getByRole('button', { name: 'サインイン' })).toHaveCount(0)
    expect(own.opened()).toEqual([])
    expect(await own.quit()).toBe(0)

    const host = await launchApp({ keyring: true, enter: machine.enter })
    await openOffice(host, [people.manager, people.dxHead, people.drafter])
    const unlock = new UnlockScreen(await host.page())
    await nameProvider(host, town)
    await leave(host)
    await sitDown(host, people.drafter)
    await leave(host)

    // At the person's own machine, locked: the provider lets them in, and the seat stays shut.
    await unlock.choose(people.drafter)
    expect(await inBrowser(host, 'washio')).toContain('サインインできました')
    await unlock.signInSays(/washio でサインインしています/)
    await unlock.tryPin(people.drafter, 'password of washio')
    expect(await unlock.refusal()).toContain('PIN が違います')
    expect(await unlock.isShown()).toBe(true)
  } finally {
    machine.remove()
    await town.stop()
  }
})
