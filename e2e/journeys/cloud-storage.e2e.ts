// Two machines over somebody else's server, the real ones: a wrong password is said in words and nothing is chosen; with the right one
// what one writes becomes the other's turn. The second machine has a copy of the first one's profile; other people sit there.
import { AxeBuilder } from '@axe-core/playwright'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { startApacheDav } from '../servers/apache-dav.ts'
import { startCephRgw } from '../servers/ceph-rgw.ts'
import { findTraces, type Trace } from './disk-traces.ts'
import { complete, openMachines, type Launch } from './machines.ts'
import { people, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'

interface Entered {
  readonly kind: 'S3 互換' | 'WebDAV'
  readonly address: string
  readonly fields: Readonly<Record<string, string>>
  readonly secret: { readonly label: string; readonly word: string }
}

async function choose(host: Host, { kind, address, fields, secret }: Entered): Promise<void> {
  const page = await host.page()
  const [frame, settings] = [new FrameScreen(page), new SettingsScreen(page)]
  await frame.goTo('設定')
  await settings.enterStorage(kind, { ...fields, [secret.label]: 'not-the-word' })
  expect(await settings.tryStorage()).toContain('町の保管庫に断られました')
  await settings.enterStorage(kind, { ...fields, [secret.label]: secret.word })
  expect(await settings.tryStorage()).toContain('この場所に書いて、読めました')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath(`${kind}.png`), fullPage: true })
  await settings.setStorage(address)
  await frame.waitForStatus(complete)
  expect(await page.content()).not.toContain(secret.word)
  await frame.goTo('机')
}

/** Answers where the secret lies readable in the two profiles afterwards. */
async function travels(launch: Launch, entered: Entered): Promise<readonly Trace[]> {
  const { machines: [left, right] } = await openMachines(launch, [people.chief, people.manager])
  await choose(left, entered)
  await choose(right, entered)
  const draft = await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })
  await draft.submit()
  const leftFrame = new FrameScreen(await left.page())
  await leftFrame.waitForStatus(complete)
  await leftFrame.goTo('設定')
  await new SettingsScreen(await left.page()).syncNow()
  await leftFrame.waitForStatus(complete)
  const page = await right.page()
  const frame = new FrameScreen(page)
  await frame.goTo('設定')
  await new SettingsScreen(page).syncNow()
  await frame.goTo('机')
  await new DeskScreen(page).waitFor('わたしの番', title)
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
  return [left, right].flatMap((host) => findTraces(host.profile, { secret: entered.secret.word }).found)
}

test('3.4 two machines over a WebDAV folder: a wrong password is said, the right one is kept sealed, and a draft becomes the other’s turn', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const apache = await startApacheDav()
  try {
    const { address, user, password } = apache
    const traces = await travels(launchApp, { kind: 'WebDAV', address, fields: { 'WebDAV のアドレス': address, 利用者名: user }, secret: { label: 'パスワード', word: password } })
    expect(traces).toEqual([])
    expect(findTraces(apache.folder, { title }).found).toEqual([])
  } finally {
    await apache.stop()
  }
})

test('3.4 two machines over an S3 bucket: a wrong key is said, the right one is kept sealed, and a draft becomes the other’s turn', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const ceph = await startCephRgw()
  try {
    await ceph.makeBucket('fumibako')
    const { endpoint, region, accessKey, secretKey } = ceph
    const traces = await travels(launchApp, { kind: 'S3 互換', address: endpoint, fields: { 'S3 のアドレス': endpoint, バケット: 'fumibako', リージョン: region, アクセスキー: accessKey }, secret: { label: 'シークレットキー', word: secretKey } })
    expect(traces).toEqual([])
  } finally {
    await ceph.stop()
  }
})
