// A week in the field without a line, three machines, somebody else's bucket: one drafts with photographs, signs and files out there,
// the others go on at the town hall. Then the week's work comes back over a line that fails in every way. Nothing is lost, nothing is
// doubled, and an approval that nobody received within a day is held, told to both sides, and confirmed by its person with one act.
import { join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { startCephRgw, type CephRgw } from '../servers/ceph-rgw.ts'
import { startFaultProxy, type FaultProxy } from '../servers/fault-proxy.ts'
import { chooseBucket, cutOff, exchange, openMachines, stateHashes, throughEveryFault, type Launch } from './machines.ts'
import { decide, leave, people, pin, sitDown, writeDraft } from './steps.ts'

const [filed, asked, surveyed, meanwhile] = ['除雪車の点検について', '融雪剤の購入について', '除雪路線の被害状況について', '街路灯の修繕について'] as const
const titles = [filed, asked, surveyed, meanwhile]
const photographs = ['garden.jpg', 'green-meadow.jpg', 'storm.jpg']
const volume = '除雪（令和8年度）'
const collection = '総務課の文書'

interface Town {
  readonly field: Host
  readonly hall: Host
  readonly office: Host
}

async function draft(host: Host, title: string, attachments: readonly string[] = []): Promise<void> {
  await (await writeDraft(host, { title, body: `${title}、別紙のとおりとする。`, collection, attachments })).submit()
}

/** The chief in the field behind the line that fails, the drafter and the manager at the town hall. */
async function openTown(launch: Launch, ceph: CephRgw, line: FaultProxy): Promise<Town> {
  const { machines: [field, hall, office] } = await openMachines(launch, [people.chief, people.drafter, people.manager])
  await chooseBucket(field, ceph, 'fumibako', `http://localhost:${line.port}`)
  for (const host of [hall, office]) await chooseBucket(host, ceph, 'fumibako', ceph.endpoint)
  return { field, hall, office }
}

/** Until what one screen shows after an exchange is so. */
async function untilShown(hosts: readonly Host[], holds: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await exchange(hosts)
    await holds()
  }).toPass({ timeout: 90_000 })
}

async function titlesOn(host: Host, group: Parameters<DeskScreen['titles']>[0]): Promise<readonly string[]> {
  return new DeskScreen(await host.page()).titles(group)
}

test('3.15 3.9 a week without a line: what was drafted with photographs, signed and filed in the field comes back through every fault of a line, nothing is lost or doubled, and what nobody received in time is held until its person confirms it', async ({ launchApp, clock }) => {
  test.setTimeout(480_000)
  const ceph = await startCephRgw()
  const line = await startFaultProxy(ceph.port, 20_261_001)
  try {
    await ceph.makeBucket('fumibako')
    const { field, hall, office } = await openTown((options) => launchApp({ ...options, env: clock.env }), ceph, line)
    const all = [field, hall, office]
    const [fieldPage, hallPage, officePage] = [await field.page(), await hall.page(), await office.page()]
    const fieldDocument = new DocumentScreen(fieldPage)

    // Before the week: one document is decided, another is the chief's turn.
    await draft(field, filed)
    await draft(hall, asked)
    await untilShown(all, async () => expect(await titlesOn(office, 'わたしの番')).toContain(filed))
    await new DeskScreen(officePage).waitUntilAtHand(2)
    await (await decide(office, filed, '承認する')).waitForStage('決裁済み')
    await untilShown([office, hall, field], async () => {
      expect(await titlesOn(field, 'わたしの番')).toContain(asked)
      expect(await titlesOn(field, '簿冊に納めるもの')).toContain(filed)
    })
    await new DeskScreen(fieldPage).waitUntilAtHand(2)

    // The week: the field signs, files and drafts; the town hall goes on.
    line.unplug()
    await (await decide(field, asked, '承認する', { comment: '現地で確認しました。' })).actDone()
    await new FrameScreen(fieldPage).goTo('書庫')
    await new CabinetScreen(fieldPage).newVolume({ node: 'A-01-02', title: volume, retention: '5年', collection })
    await new FrameScreen(fieldPage).goTo('机')
    await new DeskScreen(fieldPage).open('簿冊に納めるもの', filed)
    await fieldDocument.file(volume)
    await new FrameScreen(fieldPage).goTo('机')
    await draft(field, surveyed, photographs.map((name) => join(import.meta.dirname, '../samples', name)))
    await new FrameScreen(fieldPage).waitForStatus(cutOff)
    await draft(hall, meanwhile)
    await exchange([hall, office])
    for (const host of all) await leave(host)
    clock.forward(6 * 24)
    await sitDown(field, people.chief)
    await sitDown(hall, people.drafter)
    await sitDown(office, people.manager)
    await new FrameScreen(fieldPage).waitForStatus(cutOff)
    await exchange([hall, office])
    expect(await titlesOn(office, 'わたしの番')).not.toContain(surveyed)

    await throughEveryFault(field, line)

    // What nobody received within a day is held, on both sides in words; its person confirms it with one act.
    await untilShown([hall, office], async () => {
      await new DeskScreen(hallPage).open('回議中（ほかの人の番）', asked)
      expect(await new DocumentScreen(hallPage).chips()).toContain('保留')
    })
    const held = new RegExp(`保留：${people.chief} さんの承認（.+）は、.+までにほかの席が受け取らなかったため、効力を止めています。記録は残っています。`, 'u')
    expect((await new DocumentScreen(hallPage).steps()).join('\n')).toMatch(held)
    await hallPage.screenshot({ path: test.info().outputPath('held-hall.png') })
    await new DeskScreen(fieldPage).open('わたしの番', asked)
    expect((await fieldDocument.steps()).join('\n')).toMatch(held)
    await fieldPage.screenshot({ path: test.info().outputPath('held-field.png') })
    await fieldDocument.start('承認を確認し直す')
    await new ConsentScreen(await field.consentPage()).confirm(pin)
    await fieldDocument.actDone()
    await untilShown([field, office], async () => expect([...(await titlesOn(office, 'わたしの番'))].sort()).toEqual([asked, surveyed].sort()))
    await (await decide(office, asked, '承認する')).waitForStage('決裁済み')

    // The photographs are there, each once; the document that was filed out there lies in its volume.
    await new FrameScreen(officePage).goTo('机')
    await new DeskScreen(officePage).open('わたしの番', surveyed)
    const attachments = await new DocumentScreen(officePage).attachments()
    expect(attachments).toHaveLength(photographs.length)
    for (const name of photographs) expect(attachments.join('\n')).toContain(name)
    await new DocumentScreen(officePage).openAttachment('storm.jpg')
    await new DocumentScreen(officePage).closeAttachment()
    await expect(async () => {
      await exchange([...all, ...all])
      expect((await stateHashes(all)).size).toBe(1)
    }).toPass({ timeout: 90_000 })
    for (const page of [fieldPage, hallPage, officePage]) {
      const frame = new FrameScreen(page)
      for (const title of titles) {
        await frame.search(title)
        expect(await frame.hits()).toEqual([title])
      }
      await frame.search(filed)
      await frame.openHit(filed)
      expect(await new DocumentScreen(page).stage()).toBe('編入済み')
    }
    for (const host of all) expect(await host.quit()).toBe(0)
  } finally {
    await line.stop()
    await ceph.stop()
  }
})
