// What a town asks of a device before somebody decides: on a laptop whose firewall was switched off nothing is decided, and once it is on
// again the same document is, without anything having been lost.
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { EndpointScreen } from '../screens/endpoint-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { firewall, managedLaptop } from './managed-laptop.ts'
import { decide, finishExport, leave, openOffice, people, pin, section, sendRound, sitAtTrust, sitDown, verifyPackage, writeDraft } from './steps.ts'

const ofExport = '書き出し・印刷：暗号化・画面のロック・更新・ファイアウォール・ウイルス対策（一つでもだめ、または確かめられなければ、出せない）'
const rule = '決裁：暗号化・画面のロック・更新・ファイアウォール・ウイルス対策（一つでもだめ、または確かめられなければ、決裁できない）'

test('4.7 4.9 an administrator asks for devices in order before deciding; with the firewall off nothing is decided, drafting goes on, and once it is on the decision is made and counts', { tag: '@root' }, async ({ launchApp }, testInfo) => {
  const world = managedLaptop()
  try {
    const host = await launchApp({ enter: world.enter, env: { XDG_CURRENT_DESKTOP: 'GNOME' } })
    const page = await host.page()
    const frame = new FrameScreen(page)
    await openOffice(host, section)
    const trust = await sitAtTrust(host, people.manager)
    await expect.poll(async () => (await trust.rules())['端末に求めること']).toContain('求めていません')
    expect(await trust.rehearse(rule)).toContain('止められる人はいません')
    expect(await trust.startChangeRules({}, '決裁の端末を守るため', { [rule]: true })).toContain('あなた一人の確認で、すぐに効きます')
    const consent = new ConsentScreen(await host.consentPage())
    expect((await consent.facts())['端末の状態を新しく求めること']).toBe(rule)
    await consent.page.screenshot({ path: testInfo.outputPath('consent.png') })
    await consent.confirm(pin)
    await expect.poll(async () => (await trust.rules())['端末に求めること']).toContain(rule)
    await page.screenshot({ path: testInfo.outputPath('rules.png'), fullPage: true })
    await leave(host)

    const title = '消雪パイプの点検について'
    await sendRound(host, people.drafter, { title, body: '1 点検は十一月に行う。' })

    world.write(firewall, 'inactive\n')
    await sitDown(host, people.chief)
    await new DeskScreen(page).open('わたしの番', title)
    const document = new DocumentScreen(page)
    await document.startApprove()
    expect(await document.actRefusal()).toContain('ファイアウォールが、町の決まりを満たしていません。「端末の状態」で直し方を見てください。')
    await page.screenshot({ path: testInfo.outputPath('refused.png') })
    await document.closeDialog()
    expect(await document.marks()).toEqual([])
    const endpoint = new EndpointScreen(page)
    await endpoint.open()
    await endpoint.waitFor('直すところ', 'ファイアウォール')
    await page.screenshot({ path: testInfo.outputPath('endpoint.png'), fullPage: true })

    world.write(firewall, 'active\n')
    await endpoint.open()
    await endpoint.lookAgain()
    await endpoint.waitFor('よいところ', 'ファイアウォール')
    await frame.goTo('机')
    await decide(host, title, '承認する')
    await expect.poll(() => document.marks()).toEqual([expect.stringContaining('総務係長')])
    await leave(host)

    world.write(firewall, 'inactive\n')
    await sitDown(host, people.drafter)
    await (await writeDraft(host, { title: '書きかけの案', body: '端末を直すあいだも書ける。' })).saved()
    await leave(host)
    world.write(firewall, 'active\n')

    await sitDown(host, people.manager)
    await new DeskScreen(page).open('わたしの番', title)
    expect(await document.marks()).toEqual([expect.stringContaining('総務係長')])
    await document.startApprove()
    await new ConsentScreen(await host.consentPage()).confirm(pin)
    await document.waitForStage('決裁済み')
    await document.startExport()
    expect(verifyPackage(await finishExport(host, '監査のため'))).toMatchObject({ code: 0, report: { outcome: 'pass' } })

    // Before another rule is proposed: whom it would have stopped by what their sessions said.
    await frame.goTo('端末と信頼')
    const before = await trust.rehearse(ofExport, testInfo.outputPath('rehearsed.png'))
    expect(before).toContain('2 人が止められていました')
    expect(before).toContain(`${people.chief}（2 回のうち 1 回。最近の作業では止まりません）`)
    expect(before).toContain(`${people.drafter}（2 回のうち 1 回。いまのままでは、次も止まります）`)
  } finally {
    world.remove()
  }
})
