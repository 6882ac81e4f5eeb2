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
    await document.goToEndpoint()
    const endpoint = new EndpointScreen(page)
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
    // The screen, the package and the signatures in the PDF say alike on which device and in which state it was decided.
    const said = /端末 \w{6}（Linux・鍵は PIN だけで守る：L0）/
    await expect.poll(() => document.states()).toHaveLength(3)
    const states = await document.states(testInfo.outputPath('states.png'))
    for (const state of states) expect(state).toMatch(said)
    expect(states[1]).toMatch(/端末の申告：よい \d+、直すところ/)
    expect(states[1]).toContain('町の決まりを満たしている')
    await document.startExport()
    const folder = await finishExport(host, '監査のため')
    const verified = verifyPackage(folder)
    expect(verified).toMatchObject({ code: 0, report: { outcome: 'pass', decisions: [{ device: { state: 'told' } }, { device: { state: 'told', asked: { decision: 'allow' } } }, { device: { state: 'told', asked: { decision: 'allow' } } }] } })
    expect(verified.words).toMatch(said)
    expect(verified.words).toContain('町の決まりを満たしている')
    const signatures = verifyPackage(folder, 'data/documents/1/signed.pdf').words
    expect(signatures).toMatch(said)
    expect(signatures).toContain('承認（総務課長）。端末の申告：よい')

    // Before another rule is proposed: whom it would have stopped by what their sessions said.
    await frame.goTo('端末と信頼')
    const before = await trust.rehearse(ofExport, testInfo.outputPath('rehearsed.png'))
    expect(before).toContain('2 人が止められていました')
    expect(before).toContain(`${people.chief}（2 回のうち 1 回。最近の作業では止まりません）`)
    expect(before).toContain(`${people.drafter}（2 回のうち 1 回。いまのままでは、次も止まります）`)

    // What counts as in order is the town's to say: stricter at once, on this very machine.
    const lock = '画面の自動ロックを、何分以内ならよいとするか（分）'
    expect((await trust.rules())['画面の自動ロック（端末の設定）']).toContain('15 分以内')
    expect(await trust.startChangeRules({ [lock]: '4' }, '窓口の端末のため', {}, testInfo.outputPath('values.png'))).toContain('あなた一人の確認で、すぐに効きます')
    const values = new ConsentScreen(await host.consentPage())
    expect((await values.facts())['画面の自動ロックを、よいとする長さ（分）']).toBe('15 → 4')
    await values.confirm(pin)
    await expect.poll(async () => (await trust.rules())['画面の自動ロック（端末の設定）']).toContain('4 分以内')
    await endpoint.open()
    await endpoint.waitFor('直すところ', '画面の自動ロック')

    // While it takes time to mend, one check of one device is excused until a day; what is decided then says so for good.
    await frame.goTo('端末と信頼')
    await trust.startExcuse('画面の自動ロック', 10, '設定を配るまで', testInfo.outputPath('excuse.png'))
    const excuse = new ConsentScreen(await host.consentPage())
    expect((await excuse.facts())['新しく猶予すること']).toContain('画面の自動ロック')
    await excuse.confirm(pin)
    await expect.poll(() => trust.excuses()).toContain('画面の自動ロック')
    await leave(host)
    const excused = '猶予のあいだの決裁'
    await sendRound(host, people.drafter, { title: excused, body: '1 猶予のあいだに決める。' })
    await sitDown(host, people.chief)
    await decide(host, excused, '承認する')
    await expect.poll(async () => (await document.states()).at(-1)).toContain('町の決まりを満たしている（画面の自動ロックは管理者が猶予した）')
    await leave(host)
    await sitAtTrust(host, people.manager)
    await trust.startEndExcuse('設定を配り終えたため')
    await new ConsentScreen(await host.consentPage()).confirm(pin)
    await expect.poll(() => trust.excuses()).toContain('猶予している確認はありません')
  } finally {
    world.remove()
  }
})
