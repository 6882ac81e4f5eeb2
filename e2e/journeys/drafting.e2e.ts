// Drafting, as a clerk does it: the cover sheet and what it misses, dates as people write them, official numbering, undo, attachments.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { coverOf, leave, openOffice, people, sitDown } from './steps.ts'

const title = '町道雪守線の除雪体制について（伺い）'
const photo = join(import.meta.dirname, '../samples/garden.jpg')

test('2.9 a clerk drafts: missing fields say so, dates are read as typed, items are numbered, undo, drop and picker', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, [people.drafter])
  await sitDown(host, people.drafter)
  await new DeskScreen(page).newDraft()
  const drafting = new DraftingScreen(page)

  await test.step('an empty cover sheet blocks submit with a sentence each', async () => {
    const missing = await drafting.missing()
    expect(missing.some((sentence) => sentence.includes('件名を入れてください。'))).toBe(true)
    expect(missing.some((sentence) => sentence.includes('公開区分を選んでください。'))).toBe(true)
    expect(await drafting.maySubmit()).toBe(false)
  })

  await test.step('dates as people write them', async () => {
    for (const [typed, read] of [['令和８年４月１日', '令和8年4月1日'], ['R8.11.22', '令和8年11月22日'], ['２０２６／３／３１', '令和8年3月31日'], ['令和八年十二月一日', '令和8年12月1日']] as const) {
      await drafting.fillCover({ 起案年月日: typed })
      await expect.poll(() => drafting.coverText('起案年月日')).toBe(read)
    }
    await drafting.fillCover({ 処理期限: 'いつか' })
    expect(await drafting.coverNote('処理期限')).toContain('日付として読めません')
    await drafting.fillCover({ 処理期限: '' })
  })

  await test.step('a complete cover sheet may be submitted', async () => {
    await drafting.fillCover({ ...coverOf(title), 予算額: '１，２３０，０００円', 合議先: ['建設課長'], '表示・特記': ['至急'] })
    expect(await drafting.missing()).toEqual([])
    expect(await drafting.maySubmit()).toBe(true)
  })

  await test.step('official numbering, levels, signs, undo and redo', async () => {
    await drafting.typeBody('次のとおり実施する。\n記\n第1 目的\n1 冬季の交通を確保する。\n2 通学路を優先する。\n以上\n')
    expect(await drafting.itemNumbers()).toEqual(['第1', '1', '2'])
    await drafting.typeBody('1 あ')
    await drafting.pressInBody('Tab')
    expect(await drafting.itemNumbers()).toEqual(['第1', '1', '2', '(1)'])
    await drafting.pressInBody('Tab', 'Tab', 'Tab', 'Tab')
    expect((await drafting.itemNumbers()).at(-1)).toBe('(a)')
    await drafting.pressInBody('Shift+Tab')
    expect((await drafting.itemNumbers()).at(-1)).toBe('a')
    const before = await drafting.bodyText()
    await drafting.format('表を入れる')
    await page.keyboard.insertText('路線')
    await page.keyboard.press('Tab')
    await page.keyboard.insertText('延長')
    expect(await drafting.bodyText()).toContain('延長')
    for (let tries = 0; tries < 6 && (await drafting.bodyText()) !== before; tries++) await drafting.pressInBody('Control+z')
    expect(await drafting.bodyText()).toBe(before)
    await drafting.pressInBody('Control+y')
    expect(await drafting.bodyText()).not.toBe(before)
  })

  await test.step('attachments by picker and by drop', async () => {
    await drafting.attach(photo)
    await drafting.drop({ name: '見積書 か\u3099.txt', mimeType: 'text/plain', buffer: Buffer.from('見積') })
    const listed = await drafting.attachments()
    expect(listed).toHaveLength(2)
    expect(listed[0]).toContain(`${Math.ceil(readFileSync(photo).length / 1000)} KB`)
    expect(listed[1]).toContain('見積書 か\u3099.txt')
    await drafting.detach('garden.jpg')
    expect(await drafting.attachments()).toHaveLength(1)
  })

  await test.step('the pages as they would be frozen', async () => {
    expect(await drafting.previewText()).toContain(title)
  })

  await test.step('what was typed is there after locking and opening again', async () => {
    const written = await drafting.bodyText()
    await leave(host)
    const desk = await sitDown(host, people.drafter)
    await desk.open('起案中', title)
    expect(await drafting.bodyText()).toBe(written)
    expect(await drafting.coverText('件名')).toBe(title)
    expect(await new FrameScreen(page).status()).toContain('この端末に保存済み')
  })
})

test('2.9 boxes ticked faster than they are stored all count, and one that is unticked at once is not ticked', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.drafter])
  await sitDown(host, people.drafter)
  await new DeskScreen(await host.page()).newDraft()
  const drafting = new DraftingScreen(await host.page())
  await drafting.typeCover('件名', title)
  await drafting.tickAtOnce('表示・特記', ['至急', '先例になるもの', '至急', '議会に関するもの', '至急'])
  await leave(host)
  await (await sitDown(host, people.drafter)).open('起案中', title)
  expect(await drafting.ticked('表示・特記')).toEqual(['至急', '議会に関するもの', '先例になるもの'])
})
