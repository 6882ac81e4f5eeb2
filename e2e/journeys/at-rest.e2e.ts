// What lies on the disk when everybody has gone: nothing that a person typed can be read from any byte, in a real workspace whose keys
// a real keyring guards. And the door to it: wrong PINs make one wait, locking by hand works, without a keyring there is only practice.
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { findTraces } from './disk-traces.ts'
import { leave, openOffice, people, pin, writeDraft } from './steps.ts'

interface Bridge {
  call(channel: string, input: unknown): Promise<unknown>
}

/** Letters that no program writes by itself in this order. */
function canary(letters: number): string {
  return Array.from({ length: letters }, () => String.fromCodePoint(randomInt(0x4e00, 0x9f00))).join('')
}

function typedPin(): string {
  const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-+'
  return Array.from({ length: 12 }, () => signs[randomInt(signs.length)]).join('')
}

test('2.8 nothing typed is readable in any byte of the profile after lock and quit, in a real workspace under a real keyring', async ({ launchApp }) => {
  const typed = {
    townName: canary(8),
    familyName: canary(6),
    givenName: canary(6),
    reading: canary(8),
    positionTitle: canary(8),
    title: canary(14),
    reason: canary(12),
    body: canary(16),
    searched: canary(8),
    comment: canary(12),
    fileName: canary(10),
    fileWords: canary(16),
    pin: typedPin(),
  }
  const person = `${typed.familyName} ${typed.givenName}`
  const host = await launchApp({ keyring: true })
  const page = await host.page()
  const setup = new SetupScreen(page)
  await setup.shown()
  await setup.chooseKind('本番用')
  await setup.startBlank(typed)
  await setup.typePin(typed.pin)
  await setup.create()
  const [sheet = '', otherSheet = ''] = await setup.recoveryCodes()
  await setup.acceptSheet()

  const unlock = new UnlockScreen(page)
  await unlock.unlock(person, typed.pin)
  const file = { name: `${typed.fileName}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${typed.fileWords}\n`.repeat(40)) }
  const drafting = await writeDraft(host, { title: typed.title, body: `${typed.body}\n${typed.searched}`, cover: { 決裁区分: '丙', 起案理由: typed.reason } })
  await drafting.attach(file)
  expect(await drafting.missing()).toEqual([])
  await drafting.submit()
  await new DeskScreen(page).open('わたしの番', typed.title)
  const document = new DocumentScreen(page)
  await document.startApprove({ comment: typed.comment })
  await new ConsentScreen(await host.consentPage()).confirm(typed.pin)
  await document.waitForStage('決裁済み')
  const frame = new FrameScreen(page)
  await frame.search(typed.searched)
  expect(await frame.hits()).toEqual([typed.title])
  await leave(host)
  // A call that is refused leaves a line in the log.
  await page.evaluate((pin) => (window as unknown as { fumibako: Bridge }).fumibako.call('session.unlock', { seat: pin, pin: [pin] }), typed.pin)
  expect(await host.quit()).toBe(0)

  const control = { narrow: canary(8), wide: canary(8), turned: canary(8) }
  writeFileSync(join(host.profile, 'control-narrow'), `..${control.narrow}..`)
  writeFileSync(join(host.profile, 'control-wide'), Buffer.from(`.${control.wide}`, 'utf16le'))
  writeFileSync(join(host.profile, 'control-turned'), Buffer.concat([Buffer.from('.'), Buffer.from(control.turned, 'utf16le').swap16()]))
  const { files, found } = findTraces(dirname(host.profile), { ...typed, sheet, otherSheet, sheetBare: sheet.replaceAll('-', ''), ...control })
  const among = (part: string) => files.some((path) => path.includes(part))
  expect(['/objects/', '/IndexedDB/', '/workspace/', '/Local Storage/', '/logs/', 'Preferences'].filter((part) => !among(part))).toEqual([])
  expect(files.length).toBeGreaterThan(40)
  expect(found.map(({ what, path }) => `${what} in ${path}`).sort()).toEqual(['narrow in profile/control-narrow', 'turned in profile/control-turned', 'wide in profile/control-wide'])
})

test('2.8 wrong PINs make one wait, the lock by hand locks, and without a keyring there is only practice, in words', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  const setup = new SetupScreen(page)
  await setup.shown()
  expect(await setup.mayBeReal()).toBe(false)
  await expect(page.getByText('この端末には、鍵を預ける OS の保管庫がありません。練習用の文箱だけを作れます。')).toBeVisible()
  await openOffice(host, [people.drafter])
  const unlock = new UnlockScreen(page)
  expect(await unlock.words()).toContain('練習用の文箱だけを、PIN だけで封じて使えます。')

  for (const wrong of ['wrong-one', 'wrong-two', 'wrong-three']) {
    await unlock.tryPin(people.drafter, wrong)
    expect(await unlock.refusal()).toContain('PIN が違います')
  }
  await expect(page.getByText(/^あと \d+ 秒で、もう一度入力できます。$/)).toBeVisible()
  expect(await unlock.mayTry()).toBe(false)
  await expect(page.getByText(/^あと \d+ 秒で/)).toBeHidden()
  await unlock.unlock(people.drafter, pin)

  await leave(host)
  expect(await unlock.seats()).toContain(people.drafter)
  expect(await page.getByRole('navigation', { name: '画面' }).count()).toBe(0)
})
