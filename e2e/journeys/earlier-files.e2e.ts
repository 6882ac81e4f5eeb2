// A document gets a new key after its reader left. What was sealed under the old one goes off the storage a month later, when everybody has
// what took its place, and the list of what they could read says so.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openIndex } from '@shared/log/parcel.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { exchange, machinesOverFolder } from './machines.ts'
import { leave, people, pin, sitAtTrust, sitDown, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'

/** Names of the packs in all parcels of the shared folder, listed or not. */
function packsIn(share: string): ReadonlySet<string> {
  const files = readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Set(
    files.flatMap((path) => {
      const [, workspace = '', name = ''] = /\/z1\/([^/]+)\/(o\/.+)$/.exec(path) ?? []
      return name === '' ? [] : (openIndex(workspace, Uint8Array.from(readFileSync(path)))?.items ?? []).map((item) => item.name).filter((item) => item.startsWith('p/'))
    }),
  )
}

test('4.13 what was sealed under the old key of a document goes off the storage a month after it got a new one, the list says so, and a colleague at another machine opens it', async ({ launchApp, clock }) => {
  test.setTimeout(420_000)
  const { env } = clock
  const { machines: [hall, outside], share } = await machinesOverFolder((options = {}) => launchApp({ ...options, env }), [people.drafter, people.chief], [people.manager])
  const [hallPage, outsidePage] = [await hall.page(), await outside.page()]
  await (await writeDraft(hall, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).submit()
  await exchange([hall, outside])
  const old = packsIn(share)
  expect(old.size).toBeGreaterThan(0)
  await leave(hall)
  await leave(outside)
  const trust = await sitAtTrust(hall, people.manager)
  await trust.startRemoveSeat(people.chief, '退職のため')
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await trust.seatGone(people.chief)
  await exchange([hall])
  await leave(hall)

  await sitDown(hall, people.drafter)
  const listed = async (): Promise<string> => {
    await new FrameScreen(hallPage).goTo('机')
    await new FrameScreen(hallPage).goTo('端末と信頼')
    return new TrustScreen(hallPage).couldRead(people.chief)
  }
  expect(await listed()).toContain(title)
  await new TrustScreen(hallPage).giveNewKeys('異動した人が古い鍵を持っているため')
  await expect(async () => {
    await exchange([hall])
    expect(await listed()).toContain('古い鍵のファイルはまだ保管先にあります')
  }).toPass({ timeout: 60_000 })
  await hallPage.screenshot({ path: test.info().outputPath('still-there.png'), fullPage: true })
  const anew = [...packsIn(share)].filter((name) => !old.has(name))
  expect(anew.length).toBeGreaterThan(0)
  await sitDown(outside, people.manager)
  // The machine that holds it out lists it no more and writes down that it will go; the other one reads that.
  for (let time = 0; time < 2; time++) await exchange([hall, outside])
  expect([...old].filter((name) => !packsIn(share).has(name))).toEqual([])
  await leave(hall)
  await leave(outside)

  clock.forward(31 * 24)
  await sitDown(outside, people.manager)
  await sitDown(hall, people.drafter)
  await expect(async () => {
    await exchange([outside, hall])
    expect([...packsIn(share)].filter((name) => old.has(name))).toEqual([])
    expect(await listed()).toContain('古い鍵のファイルは保管先から消えました')
  }).toPass({ timeout: 120_000 })
  await hallPage.screenshot({ path: test.info().outputPath('gone.png'), fullPage: true })
  expect(anew.filter((name) => !packsIn(share).has(name))).toEqual([])
  await exchange([outside])
  await new FrameScreen(outsidePage).goTo('机')
  await new DeskScreen(outsidePage).open('最近の文書', title)
  expect(await new DocumentScreen(outsidePage).stage()).toContain('回議中')
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})
