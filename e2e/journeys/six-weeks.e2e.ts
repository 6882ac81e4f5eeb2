// A machine is away for six weeks, with something written that nobody has. Meanwhile the others go on, put small parcels together and
// clear away what holds nothing any more, but not before that machine came back. It brings what it wrote, takes what it missed, and
// nothing that was withdrawn or cleared away comes back with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseBeacon } from '@shared/log/beacon.ts'
import { parcelName } from '@shared/log/names.ts'
import { parseRemoval } from '@shared/log/removal.ts'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { complete, exchange, machinesOverFolder, stateHashes } from './machines.ts'
import { leave, people, pin, sitDown, writeDraft } from './steps.ts'

const [withdrawn, unsent, worked] = ['融雪剤の購入について', '街路灯の修繕について', '除雪計画について']
const collection = '総務課の文書'
/** From so many small parcels on one is made of them (SY-70). */
const small = 16

/** What lies in the shared folder: parcels, those that somebody lists, and what was written down of removals. */
function lookInto(share: string): { readonly parcels: readonly string[]; readonly listed: ReadonlySet<string>; readonly plans: readonly (readonly string[])[] } {
  const files = readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const under = (prefix: string): readonly (readonly [name: string, path: string])[] => files.flatMap((path) => {
    const name = path.split('/z1/')[1]?.split('/').slice(1).join('/') ?? ''
    return name.startsWith(prefix) ? [[name, path] as const] : []
  })
  const beacons = under('b/0/').map(([, path]) => parseBeacon(readFileSync(path))?.beacon)
  return {
    parcels: under('o/').map(([name]) => name),
    listed: new Set(beacons.flatMap((beacon) => beacon?.parcels ?? []).map(({ sha256 }) => parcelName(sha256))),
    plans: under('d/').map(([, path]) => (parseRemoval(readFileSync(path))?.removal.parcels ?? []).map(parcelName)),
  }
}

function litterIn(share: string): readonly string[] {
  const { parcels, listed } = lookInto(share)
  return parcels.filter((name) => !listed.has(name))
}

async function syncTwice(host: Host): Promise<void> {
  for (let time = 0; time < 2; time++) await exchange([host])
}

test('3.8 a machine that was away for six weeks comes back: it loses nothing and brings nothing back, and what was put together is cleared away only then', async ({ launchApp, clock }) => {
  test.setTimeout(420_000)
  const { env } = clock
  const { machines: [left, right], share } = await machinesOverFolder((options = {}) => launchApp({ ...options, env }), [people.drafter, people.chief])
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  await (await writeDraft(left, { title: withdrawn, body: `${withdrawn}、別紙のとおりとする。`, collection })).submit()
  await exchange([left, right])
  await new DeskScreen(rightPage).waitFor('わたしの番', withdrawn)

  const rightFrame = new FrameScreen(rightPage)
  await rightFrame.goTo('設定')
  await new SettingsScreen(rightPage).pause('再開するまで休む')
  await rightFrame.goTo('机')
  const away = await writeDraft(right, { title: unsent, body: `${unsent}、次のとおりとする。`, collection })
  await away.saved()
  await rightFrame.waitForStatus(/送受信を休んでいます（未送信 [1-9]\d* 件）/)
  expect(await right.quit()).toBe(0)

  const draft = await writeDraft(left, { title: worked, body: `${worked}、次のとおりとする。`, collection })
  for (let edit = 1; edit <= small; edit++) {
    const before = lookInto(share).parcels.length
    await draft.typeCover('件名', `${worked} ${edit}`)
    await expect.poll(() => lookInto(share).parcels.length, { timeout: 30_000 }).toBeGreaterThan(before)
  }
  await expect(async () => {
    await syncTwice(left)
    expect(lookInto(share).plans.flat().length).toBeGreaterThanOrEqual(small)
  }).toPass({ timeout: 60_000 })
  const planned = lookInto(share).plans.flat()
  expect(litterIn(share)).toEqual(expect.arrayContaining([...planned]))

  clock.forward(42 * 24)
  await leave(left)
  await sitDown(left, people.drafter)
  await new DeskScreen(leftPage).open('回議中（ほかの人の番）', withdrawn)
  await new DocumentScreen(leftPage).startWithdraw('年度内は足りるため。')
  await new ConsentScreen(await left.consentPage()).confirm(pin)
  await new DraftingScreen(leftPage).shown()
  await syncTwice(left)
  expect(planned.filter((name) => !lookInto(share).parcels.includes(name))).toEqual([])

  const back = await launchApp({ profile: right.profile, env })
  await sitDown(back, people.chief)
  const backPage = await back.page()
  await new FrameScreen(backPage).goTo('設定')
  await new SettingsScreen(backPage).resume()
  await new FrameScreen(backPage).waitForStatus(complete)
  await exchange([back, left, back])
  const backDesk = new DeskScreen(backPage)
  await backDesk.waitFor('起案中', unsent)
  await expect.poll(() => backDesk.titles('わたしの番')).not.toContain(withdrawn)

  await expect(async () => {
    await syncTwice(left)
    expect(planned.filter((name) => lookInto(share).parcels.includes(name))).toEqual([])
  }).toPass({ timeout: 60_000 })
  const { parcels, listed, plans } = lookInto(share)
  expect([...listed].filter((name) => !parcels.includes(name))).toEqual([])
  expect(plans.flat().filter((name) => planned.includes(name))).toEqual([])

  await expect(async () => {
    await exchange([back, left])
    expect((await stateHashes([back, left])).size).toBe(1)
  }).toPass({ timeout: 60_000 })
  expect(planned.filter((name) => lookInto(share).parcels.includes(name))).toEqual([])
  await new FrameScreen(leftPage).goTo('机')
  await new DeskScreen(leftPage).waitFor('戻ってきたもの', withdrawn)
  await new DeskScreen(leftPage).waitFor('起案中', `${worked} ${small}`)
  for (const host of [left, back]) expect(await host.quit()).toBe(0)
})
