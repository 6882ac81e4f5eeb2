// Where the keys of a device lie: in a TPM that the machine's administrator named, or in the keystore of the system; what a town may ask
// of that before somebody decides, and what a person sees when the TPM was cleared.
import { makeWorld, type World } from '../hosts/world.ts'
import { expect, test } from '../hosts/test.ts'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { EndpointScreen } from '../screens/endpoint-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { JoinScreen } from '../screens/join-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startSoftwareTpm, tpmModule } from '../servers/software-tpm.ts'
import { decideByTwo, leave, openOffice, people, pin, section, sendRound, sitAtTrust, sitDown } from './steps.ts'

const managed = '/etc/fumibako/managed.json'
const rule = '決裁：部品の中の、取り出せない鍵（鍵が部品の外にある端末では、決裁できない）'
const title = '除雪機の点検について'

/** A machine whose administrator named the TPM. */
const tpmWorld = (): World => makeWorld({ folders: ['/etc/fumibako'], files: { [managed]: JSON.stringify({ keys: { in: 'pkcs11', module: tpmModule } }) }, programs: {} })

/** An office whose town asks for keys in hardware before somebody decides, and a document that waits for the chief. */
async function strictOffice(host: Host, kept: string): Promise<readonly string[]> {
  const { recoveryCodes } = await openOffice(host, section)
  const trust = await sitAtTrust(host, people.manager)
  expect((await trust.facts())['鍵の守りかた']).toBe(kept)
  await trust.startChangeRules({}, '決裁の鍵を守るため', { [rule]: true })
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await expect.poll(async () => (await trust.rules())['端末に求めること']).toContain(rule)
  await leave(host)
  await sendRound(host, people.drafter, { title, body: '1 点検は十一月に行う。' })
  return recoveryCodes
}

test('4.4 keys in the TPM: the screen says so, a town that asks for them lets this device decide, and after the TPM was cleared two sheets bring the person back to every document', { tag: '@root' }, async ({ launchApp, clock }, testInfo) => {
  const tpm = await startSoftwareTpm()
  const world = tpmWorld()
  try {
    const host = await launchApp({ keyring: true, enter: world.enter, env: { ...clock.env, ...tpm.env } })
    const page = await host.page()
    const [first = '', second = ''] = await strictOffice(host, 'L2（取り出せない鍵）')
    await sitDown(host, people.chief)
    const endpoint = new EndpointScreen(page)
    await endpoint.open()
    await endpoint.waitFor('よいところ', '鍵の置き場所')
    expect(await endpoint.words('鍵の置き場所')).toContain('鍵の守りかた：L2（取り出せない鍵）')
    expect(JSON.parse(await endpoint.sent())).toMatchObject({ level: 'L2' })
    await page.screenshot({ path: testInfo.outputPath('endpoint.png'), fullPage: true })
    await leave(host)
    await decideByTwo(host, title)
    const document = new DocumentScreen(page)

    await tpm.clear()
    const unlock = new UnlockScreen(page)
    await unlock.shown()
    await unlock.tryPin(people.chief, pin)
    expect(await unlock.refusal()).toContain('鍵を入れた部品が応えません。端末を起動し直してください。文書は失われていません。')
    await page.screenshot({ path: testInfo.outputPath('refused.png') })
    await unlock.startJoiningAgain()
    await page.screenshot({ path: testInfo.outputPath('again.png') })
    await new JoinScreen(page).backToSeats()
    await unlock.recover([first, second], people.chief, pin)
    clock.forward(73)
    await sitDown(host, people.chief)
    await endpoint.open()
    await endpoint.waitFor('よいところ', '鍵の置き場所')
    await new FrameScreen(page).goTo('机')
    await new DeskScreen(page).open('最近の文書', title)
    // The chief’s approval was seen by the manager’s seat in time; the manager’s own waits for its person, as after any three days alone.
    await expect.poll(() => document.marks()).toEqual([expect.stringContaining('総務係長')])
  } finally {
    world.remove()
    await tpm.stop()
  }
})

test('4.4 keys in the keystore of the system: the screen says so, a town that asks for keys in hardware lets this device draft and not decide, and a keystore that is away costs nothing', async ({ launchApp }, testInfo) => {
  const host = await launchApp({ keyring: true })
  const page = await host.page()
  await strictOffice(host, 'L1（OS の保管庫と PIN の両方）')
  await sitDown(host, people.chief)
  const endpoint = new EndpointScreen(page)
  await endpoint.open()
  await endpoint.waitFor('確かめられないところ', '鍵の置き場所')
  expect(await endpoint.words('鍵の置き場所')).toContain('鍵の守りかた：L1（OS の保管庫と PIN の両方）')
  await page.screenshot({ path: testInfo.outputPath('endpoint.png'), fullPage: true })
  await leave(host)
  await sitDown(host, people.chief)
  await new DeskScreen(page).open('わたしの番', title)
  const document = new DocumentScreen(page)
  await document.startApprove()
  expect(await document.actRefusal()).toContain('この操作は、鍵を端末の部品の中に持つ端末でだけできます（この端末の鍵：OS の保管庫）。')
  await page.screenshot({ path: testInfo.outputPath('refused.png') })
  await document.closeDialog()
  expect(await document.marks()).toEqual([])
  await host.quit()

  const without = await launchApp({ profile: host.profile })
  const shut = new UnlockScreen(await without.page())
  expect(await shut.refusal()).toContain('OS の保管庫が、文箱の鍵を渡しません。文書は失われていません。')
  await (await without.page()).screenshot({ path: testInfo.outputPath('sealed.png') })
  await without.quit()
  const again = await launchApp({ profile: host.profile, keyring: true })
  await (await sitDown(again, people.chief)).open('わたしの番', title)
})
