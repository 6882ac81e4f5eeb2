// A storage that misleads: put back to yesterday for one reader, swapped for another town's folder, emptied. What happened, what is
// safe and what to do is said in plain words; nothing is decided on half of what is there until a person looked into it; nothing is
// lost, and it heals from the machines.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { startCephRgw } from '../servers/ceph-rgw.ts'
import { startFaultProxy } from '../servers/fault-proxy.ts'
import { heldOut } from './held-out.ts'
import { doubted, empty, frozen, keepState, machinesToMislead, pollSurely, sendForDecision, settleStorage, showToRight, swapForOther } from './hostile-steps.ts'
import { chooseBucket, complete, openMachines, stateHash } from './machines.ts'
import { decide, people, writeDraft } from './steps.ts'

test('3.12 a folder that is put back for one reader, swapped or emptied is said in plain words at the next polls, freezes what is decided until a person looked into it, and heals without loss', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const machines = await machinesToMislead(launchApp)
  const { left, right, share } = machines
  const [leftFrame, rightFrame] = [new FrameScreen(await left.page()), new FrameScreen(await right.page())]
  const page = await right.page()
  await sendForDecision(machines, '除雪車の点検について', 1)
  const yesterday = keepState(share, 'yesterday')
  await sendForDecision(machines, '融雪剤の購入について', 2)

  // Yesterday's state, for the right machine alone.
  showToRight(share, yesterday)
  const settings = await pollSurely(right)
  await rightFrame.waitForStatus(frozen)
  const said = await settings.storageDoubts()
  expect(said).toContain('保管先が、前の状態に戻されています。この端末の文書は失われていません。')
  expect(said).toContain('安全のため、この端末での決裁を止めています。起案と編集は続けられ、この端末に保存されます。')
  expect(said).toMatch(/\d\d時\d\d分 から：/)
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('put-back.png'), fullPage: true })
  await rightFrame.goTo('机')
  await new DeskScreen(page).open('わたしの番', '融雪剤の購入について')
  const document = new DocumentScreen(page)
  await document.startApprove()
  expect(await document.actRefusal()).toContain('町の保管庫の様子がおかしいため、決裁を止めています。何も記録されていません。')
  await page.screenshot({ path: test.info().outputPath('frozen.png'), fullPage: true })
  await document.closeDialog()
  await rightFrame.goTo('机')
  await (await writeDraft(right, { title: '書きかけの案', body: '止められていても書ける。', collection: '総務課の文書' })).saved()

  // The truth is back: it heals by itself, and a person says that decisions may go on.
  showToRight(share, share.truth)
  await pollSurely(right)
  await rightFrame.waitForStatus(frozen)
  const asked = await settleStorage(right, test.info().outputPath('settle.png'))
  expect(asked).toContain('保管先が、前の状態に戻されています。')
  expect(asked).toContain('だれがいつ確かめたかが記録に残り')
  await rightFrame.waitForStatus(complete)
  await rightFrame.goTo('机')
  await (await decide(right, '融雪剤の購入について', '承認する')).waitForStage('決裁済み')
  await rightFrame.waitForStatus(complete)

  await rightFrame.goTo('端末と信頼')
  expect(await new TrustScreen(page).settled()).toContain(people.manager)

  // Another town's folder: nothing is sent into it, nothing is lost by it.
  await pollSurely(left)
  await leftFrame.waitForStatus(complete)
  const before = await stateHash(left)
  const putBack = swapForOther(share)
  const leftSettings = await pollSurely(left)
  await leftFrame.waitForStatus(frozen)
  expect(await leftSettings.storageDoubts()).toContain('保管先が空か、別の場所になっています。文書はこの端末に残っています。')
  expect(readdirSync(join(share.truth, 'z1'))).toEqual(['othertown'])
  expect(await stateHash(left)).toBe(before)
  putBack()
  await pollSurely(left)
  await settleStorage(left)
  await leftFrame.waitForStatus(complete)

  // Emptied: sent again from the machines when a person says that it is the right place.
  empty(share)
  await pollSurely(left)
  await leftFrame.waitForStatus(frozen)
  expect(await leftSettings.storageDoubts()).toContain('正しければ「ここに決める」でもう一度送ってください。')
  await (await left.page()).screenshot({ path: test.info().outputPath('emptied.png'), fullPage: true })
  await new SettingsScreen(await left.page()).chooseFolder(share.pathOfLeft)
  await leftFrame.waitForStatus(frozen)
  await settleStorage(left)
  await leftFrame.waitForStatus(complete)
  const rightSettings = await pollSurely(right)
  expect(await rightSettings.storageDoubts()).toContain('この端末が送ったものを、保管先が失っています。文書はこの端末に残っていて、自動で送り直します。')
  await settleStorage(right)
  await rightFrame.waitForStatus(complete)
  await pollSurely(left)
  await expect(async () => expect(await stateHash(right)).toBe(await stateHash(left))).toPass({ timeout: 30_000 })
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
})

test('3.15 3.12 a bucket that is put back to old bytes while its writer cannot be reached is said at the next polls, decides nothing until a person looked into it, and is filled again from the machines', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const ceph = await startCephRgw()
  const line = await startFaultProxy(ceph.port, 1)
  try {
    await ceph.makeBucket('fumibako')
    const { machines: [left, right] } = await openMachines(launchApp, [people.chief, people.manager])
    await chooseBucket(left, ceph, 'fumibako', `http://localhost:${line.port}`)
    await chooseBucket(right, ceph, 'fumibako', ceph.endpoint)
    const [leftFrame, rightFrame] = [new FrameScreen(await left.page()), new FrameScreen(await right.page())]
    await sendForDecision({ left, right }, '除雪車の点検について', 1)
    const yesterday = await ceph.readBucket('fumibako')
    await sendForDecision({ left, right }, '融雪剤の購入について', 2)
    const today = heldOut(await ceph.readBucket('fumibako'))
    const missingIn = (held: ReadonlySet<string>): readonly string[] => [...today].filter((object) => !held.has(object))
    expect(missingIn(heldOut(yesterday)).length).toBeGreaterThan(0)

    line.unplug()
    await ceph.putBack('fumibako', yesterday)
    const settings = await pollSurely(right)
    await rightFrame.waitForStatus(frozen)
    expect(await settings.storageDoubts()).toContain('保管先が、前の状態に戻されています。この端末の文書は失われていません。')
    await rightFrame.goTo('机')
    await new DeskScreen(await right.page()).open('わたしの番', '融雪剤の購入について')
    const document = new DocumentScreen(await right.page())
    await document.startApprove()
    expect(await document.actRefusal()).toContain('町の保管庫の様子がおかしいため、決裁を止めています。何も記録されていません。')
    await document.closeDialog()

    // Its writer still away, the storage holds everything out again: whoever had read it put it there once the old bytes were surely old.
    expect(missingIn(heldOut(await ceph.readBucket('fumibako')))).toEqual([])

    // The writer is there again: it misses what it had sent, and people let decisions go on.
    line.calm()
    const leftSettings = await pollSurely(left)
    await leftFrame.waitForStatus(doubted)
    expect(await leftSettings.storageDoubts()).toContain('この端末が送ったものを、保管先が失っています。文書はこの端末に残っていて、自動で送り直します。')
    await settleStorage(left)
    await leftFrame.waitForStatus(complete)
    await pollSurely(right)
    await settleStorage(right)
    await rightFrame.waitForStatus(complete)
    expect(missingIn(heldOut(await ceph.readBucket('fumibako')))).toEqual([])
    await rightFrame.goTo('机')
    await (await decide(right, '融雪剤の購入について', '承認する')).waitForStage('決裁済み')
    await expect(async () => {
      for (const host of [right, left]) await pollSurely(host)
      expect(await stateHash(right)).toBe(await stateHash(left))
    }).toPass({ timeout: 60_000 })
    for (const host of [left, right]) expect(await host.quit()).toBe(0)
  } finally {
    await line.stop()
    await ceph.stop()
  }
})
