// A colleague leaves. Whoever takes their seat away is told before and after what they could read; the keys of all documents are wrapped
// anew by itself, and everybody else reads on.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { exchange, machinesOverFolder } from './machines.ts'
import { decide, leave, people, pin, sitAtTrust, sitDown, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'
const second = '除雪機の点検について'

/** Books of wraps on the disk of a profile. */
function booksIn(profile: string): readonly string[] {
  const names = readdirSync(join(profile, 'objects'), { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name))
  return names.filter((name) => /\/k\/[0-9a-z]+\/w\/[0-9a-z]$/.test(name))
}

test('4.13 when a seat is taken away it is told what its person could read, the keys of all documents are wrapped anew, a document gets a new key, and a colleague at another machine reads and decides on', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const { machines: [hall, outside] } = await machinesOverFolder(launchApp, [people.drafter, people.chief], [people.manager, people.dxHead])
  const hallPage = await hall.page()
  await (await writeDraft(hall, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).submit()
  await new FrameScreen(hallPage).goTo('机')
  await (await writeDraft(hall, { title: second, body: '次のとおり点検する。', collection: '総務課の文書' })).submit()
  await exchange([hall, outside])
  const outsidePage = await outside.page()
  await (await decide(outside, title, '承認する')).actDone()
  // The opening is written down and sent.
  await expect(async () => {
    await exchange([outside, hall])
    await new DeskScreen(hallPage).open('回議中（ほかの人の番）', title)
    const openings = (await new DocumentScreen(hallPage).history()).filter((entry) => entry.startsWith('開いた') && entry.includes(people.chief))
    expect(openings).not.toEqual([])
    await new FrameScreen(hallPage).goTo('机')
  }).toPass({ timeout: 120_000 })
  await leave(hall)
  await leave(outside)

  const trust = await sitAtTrust(hall, people.manager)
  const said = await trust.startRemoveSeat(people.chief, '人事異動のため', test.info().outputPath('sheet.png'))
  expect(said).toContain('この人がここまでに読めた文書：2 件（うち開いた記録があるもの：1 件）')
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await trust.seatGone(people.chief)
  const listed = await trust.couldRead(people.chief)
  for (const words of ['人事異動のため', '読むことができた文書：2 件', title, 'に開いた']) expect(listed).toContain(words)
  await hallPage.screenshot({ path: test.info().outputPath('listed.png'), fullPage: true })
  await expect.poll(() => booksIn(hall.profile).length, { timeout: 30_000 }).toBeGreaterThan(0)
  await exchange([hall])
  await leave(hall)

  await sitDown(outside, people.manager)
  await expect(async () => {
    await exchange([outside])
    expect(booksIn(outside.profile).length).toBe(booksIn(hall.profile).length)
  }).toPass({ timeout: 60_000 })
  await new FrameScreen(outsidePage).goTo('端末と信頼')
  expect(await new TrustScreen(outsidePage).couldRead(people.chief)).toContain('読むことができた文書：2 件')
  await leave(outside)
  // Everything is read again from the keys as they lie there now.
  await sitDown(hall, people.drafter)
  await new DeskScreen(hallPage).open('回議中（ほかの人の番）', title)
  expect(await new DocumentScreen(hallPage).stage()).toContain('回議中')
  // Whoever looks after the records gives the document a key that nobody who left holds. At the other machine it is read and decided on.
  const document = new DocumentScreen(hallPage)
  const given = await document.giveNewKey('異動した人が古い鍵を持っているため', test.info().outputPath('key-sheet.png'))
  expect(given).toContain('鍵を新しくした')
  await hallPage.screenshot({ path: test.info().outputPath('key-given.png') })
  // What is left of what they could read gets new keys from the list.
  await new FrameScreen(hallPage).goTo('端末と信頼')
  const list = new TrustScreen(hallPage)
  expect(await list.couldRead(people.chief)).toContain('に鍵を新しくした')
  await list.giveNewKeys('残りの文書も', test.info().outputPath('keys-sheet.png'))
  await hallPage.screenshot({ path: test.info().outputPath('keys-given.png') })
  await new FrameScreen(hallPage).goTo('机')
  await new DeskScreen(hallPage).open('回議中（ほかの人の番）', second)
  expect(await document.history()).toEqual(expect.arrayContaining([expect.stringContaining('残りの文書も')]))
  await exchange([hall])
  await sitDown(outside, people.manager)
  await exchange([outside])
  await (await decide(outside, title, '承認する')).waitForStage('決裁済み')
  await exchange([outside, hall])
  await new DeskScreen(hallPage).open('簿冊に納めるもの', title)
  expect(await document.stage()).toContain('決裁済み')
  expect(await document.history()).toEqual(expect.arrayContaining([expect.stringContaining('鍵を新しくした')]))
  await hallPage.screenshot({ path: test.info().outputPath('decided.png') })
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})
