// A town makes a rule of its own from what may be asked of a device before an act; nobody types a policy.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { RuleForm } from '../screens/rule-form.ts'
import { decide, leave, openOffice, people, pin, section, sendRound, sitAtTrust, sitDown } from './steps.ts'

test('4.7 an administrator makes a rule of the town’s own from what may be asked, reads it as one sentence wherever it is proposed, confirmed and in force, it stops the act it names, and is taken away again', async ({ launchApp }, testInfo) => {
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, section)
  const trust = await sitAtTrust(host, people.manager)
  const form = new RuleForm(page)
  await form.open()
  const words = await form.make({ acts: ['決裁', '簿冊に入れる'], checks: ['ディスクの空き', '時計'], level: 'OS の保管庫か、それより確か', otherwise: 'できない', grace: 3 }, testInfo.outputPath('form.png'))
  expect(words).toBe('決裁・簿冊に入れる：鍵は OS の保管庫（L1）か、それより確かなこと、時計・ディスクの空き（24時間以内に調べ、確かめられないときは、知らせるだけ）。満たさなければ、3日の猶予のあと、できない')
  expect(await form.rehearsed()).toContain('直近30日の作業')
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(found.violations.map(({ id }) => id)).toEqual([])
  expect(await form.go('決裁の端末を守るため', testInfo.outputPath('sheet.png'))).toContain('あなた一人の確認で、すぐに効きます')
  const consent = new ConsentScreen(await host.consentPage())
  expect((await consent.facts())['端末の状態を新しく求めること']).toBe(words)
  await consent.page.screenshot({ path: testInfo.outputPath('consent.png') })
  await consent.confirm(pin)
  await expect.poll(async () => (await trust.rules())['端末に求めること']).toContain(words)
  await leave(host)

  const title = '町で作ったきまりの試し'
  await sendRound(host, people.drafter, { title, body: '1 試す。' })
  await sitDown(host, people.chief)
  await new DeskScreen(page).open('わたしの番', title)
  const document = new DocumentScreen(page)
  await document.startApprove()
  expect(await document.actRefusal()).toContain('鍵を OS の保管庫で守る')
  await document.closeDialog()
  await leave(host)

  await sitAtTrust(host, people.manager)
  await form.open()
  await form.drop(words)
  await form.go('端末が揃うまで')
  const dropped = new ConsentScreen(await host.consentPage())
  expect((await dropped.facts())['端末の状態を求めなくなること']).toBe(words)
  await dropped.confirm(pin)
  await expect.poll(async () => (await trust.rules())['端末に求めること']).toContain('求めていません')
  await leave(host)
  await sitDown(host, people.chief)
  await decide(host, title, '承認する')
  await expect.poll(() => document.marks()).toEqual([expect.stringContaining('総務係長')])
})
