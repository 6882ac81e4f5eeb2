// Two people write on one draft at two machines that do not reach each other, and both come back: nothing is lost, what differs is
// shown side by side, and both are told.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { cutOff, cutOffFrom, exchange, machinesOverFolder } from './machines.ts'
import { people, writeDraft } from './steps.ts'

/** What has come in is found once it has been taken in; a search tells of the moment it was asked. */
async function openFound(frame: FrameScreen, wanted: string): Promise<void> {
  await expect(async () => {
    await frame.search(wanted)
    expect(await frame.hits()).toContain(wanted)
  }).toPass({ timeout: 30_000 })
  await frame.openHit(wanted)
}

const title = '防災行政無線の更新について'
const [byChief, byManager] = ['防災行政無線の更新（係長案）', '防災行政無線の更新（課長案）'] as const

test('3.9 two people write on one draft apart and both come back: the text holds both, the differing field waits for a person, both are told', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, right], share } = await machinesOverFolder(launchApp, [people.chief, people.manager])
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  const [chief, manager] = [new DraftingScreen(leftPage), new DraftingScreen(rightPage)]
  await writeDraft(left, { title, body: '更新の理由は別紙のとおり。', collection: '総務課の文書' })
  await exchange([left, right])
  const rightFrame = new FrameScreen(rightPage)
  await openFound(rightFrame, title)
  await manager.shown()
  await new DeskScreen(leftPage).open('起案中', title)

  const comeBack = cutOffFrom(share)
  await chief.typeBody('\n係長が書き足した段落。')
  await chief.typeCover('件名', byChief)
  await manager.typeBody('\n課長が書き足した段落。')
  await manager.typeCover('件名', byManager)
  await new FrameScreen(leftPage).waitForStatus(cutOff)
  await rightFrame.waitForStatus(cutOff)
  comeBack()
  await exchange([left, right, left])

  for (const [page, drafting, other] of [[leftPage, chief, people.manager], [rightPage, manager, people.chief]] as const) {
    const desk = new DeskScreen(page)
    await expect.poll(async () => (await desk.entries('起案中')).join()).toMatch(new RegExp(`${byChief}[\\s\\S]*${other} さんも書いています[\\s\\S]*別の端末の変更が入りました`, 'u'))
    await desk.open('起案中', byChief)
    expect((await drafting.notices()).join()).toMatch(new RegExp(`別の端末で書かれた変更が入りました[\\s\\S]*${other} さんが別の端末で書いた内容[\\s\\S]*本文は両方とも残っています[\\s\\S]*選ぶまで、回議に付せません`))
    await expect.poll(() => drafting.bodyText()).toMatch(/(係長が書き足した段落。[\s\S]*課長が書き足した段落。)|(課長が書き足した段落。[\s\S]*係長が書き足した段落。)/)
    const values = await drafting.differing('件名')
    expect(values).toEqual([expect.stringMatching(new RegExp(`${byChief}[\\s\\S]*${people.chief}`, 'u')), expect.stringMatching(new RegExp(`${byManager}[\\s\\S]*${people.manager}`, 'u'))])
    expect(await drafting.maySubmit()).toBe(false)
    expect(await drafting.before()).toContain('「件名」に違う内容が入っています。一つを選んでください。')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`apart-${drafting === chief ? 'left' : 'right'}.png`) })
  }

  await manager.settle('件名', byManager)
  await exchange([right, left])
  await new DeskScreen(leftPage).open('起案中', byManager)
  expect(await chief.differing('件名')).toEqual([])
  expect(await chief.bodyText()).toMatch(/更新の理由は別紙のとおり。/)
  await chief.submit()
  await new DeskScreen(leftPage).waitFor('回議中（ほかの人の番）', byManager)
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
})

test('3.9 what a colleague writes comes into a text that is open, without touching what is being typed', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, right] } = await machinesOverFolder(launchApp, [people.chief, people.manager])
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  const [chief, manager] = [new DraftingScreen(leftPage), new DraftingScreen(rightPage)]
  await writeDraft(left, { title, body: '一つ目の段落。', collection: '総務課の文書' })
  await exchange([left, right])
  const rightFrame = new FrameScreen(rightPage)
  await openFound(rightFrame, title)
  await manager.typeBody('\n課長の段落。')
  await new DeskScreen(leftPage).open('起案中', title)
  await chief.typeBody('\n係長の段落。')
  await exchange([right])
  await expect(chief.body()).toContainText('課長の段落。', { timeout: 90_000 })
  await chief.typeBody('その続き。')
  expect(await chief.bodyText()).toMatch(/係長の段落。[\s\S]*その続き。|その続き。/)
  expect(await chief.bodyText()).toContain('課長の段落。')
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
})
