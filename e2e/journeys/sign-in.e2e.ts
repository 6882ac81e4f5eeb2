// Signing in with the town's account at a real provider: the browser is played by following where the app sends it. Two administrators name
// the provider, one says whose an account is, and a disabled account opens nothing any more.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { makeWorld, type World } from '../hosts/world.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { browse, startOidcProvider, type OidcServer } from '../servers/oidc-provider.ts'
import { decide, leave, openOffice, people, pin, sendRound, sitAtTrust, sitDown } from './steps.ts'

async function confirm(host: Host): Promise<string> {
  const window = new ConsentScreen(await host.consentPage())
  const words = await window.words()
  await window.confirm(pin)
  return words
}

/** The person goes where the app sends the browser, signs in there, and comes back; what the last page says. */
async function inBrowser(host: Host, account: string): Promise<string> {
  const before = host.opened().length
  const unlock = new UnlockScreen(await host.page())
  await unlock.startSignIn()
  await expect.poll(() => host.opened().length).toBe(before + 1)
  const back = await browse(host.opened().at(-1) ?? '', { account, password: `password of ${account}` }, (address) => new URL(address).pathname === '/signed-in')
  return (await fetch(back)).text()
}

const file = '/etc/fumibako/managed.json'
/** A machine whose administrator named this provider. */
const machineOf = ({ issuer, clientId }: OidcServer, mode = 0o644): World => makeWorld({ folders: ['/etc/fumibako'], files: { [file]: JSON.stringify({ signIn: { issuer, clientId } }) }, programs: {}, modes: { [file]: mode } })

test('4.1 4.2 a person signs in with the town’s account in the system’s browser, two administrators name the provider, one says whose the account is, and a disabled account opens nothing before the next sign-in @root', async ({ launchApp }) => {
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

    const first = await sitAtTrust(host, people.manager)
    expect(await first.accounts()).toContain(town.issuer)
    await first.startNameProvider()
    expect(await confirm(host)).toContain(town.issuer)
    expect(await first.proposal('町のアカウントの発行元を決める')).toContain('ほかの管理者の賛成を待っています')
    await leave(host)
    const second = await sitAtTrust(host, people.dxHead)
    await second.startAgree('町のアカウントの発行元を決める')
    await confirm(host)
    await second.proposalGone('町のアカウントの発行元を決める')
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

test('4.1 4.7 where a town asks for a sign-in of the same day before deciding, who signed in decides and who did not is told to, and nothing is lost @root', async ({ launchApp }, testInfo) => {
  const town = await startOidcProvider()
  const machine = machineOf(town)
  try {
    for (const account of ['yoshida', 'sakita']) town.account(account)
    const host = await launchApp({ keyring: true, enter: machine.enter })
    const page = await host.page()
    await openOffice(host, [people.manager, people.dxHead, people.drafter, people.chief])
    const unlock = new UnlockScreen(page)
    const rule = '決裁：その日の、町のアカウントでのサインイン（12時間以内。なければ、サインインするまで決裁できない）'
    const first = await sitAtTrust(host, people.manager)
    await first.startNameProvider()
    await confirm(host)
    await leave(host)
    const second = await sitAtTrust(host, people.dxHead)
    await second.startAgree('町のアカウントの発行元を決める')
    await confirm(host)
    await second.proposalGone('町のアカウントの発行元を決める')
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
    expect(await document.actRefusal()).toContain('鍵をかけて、サインインしてから開き直してください。')
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
