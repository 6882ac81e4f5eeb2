// What people see: every screen judged by axe in both themes, the way from draft to approval by keyboard, English, double size.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../hosts/test.ts'
import { RegisterScreen } from '../screens/cabinet-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { PaletteScreen } from '../screens/palette-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { leave, openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const title = '庁舎の節電について（伺い）'
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds, as lines; empty when it finds nothing. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(rules).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

test('2.15 axe finds nothing on any screen, light or dark', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await new SetupScreen(page).shown()
  expect(await findings(page), 'first run').toEqual([])
  await openOffice(host, [people.drafter, people.chief])
  expect(await findings(page), 'unlock').toEqual([])
  await sitDown(host, people.drafter)
  const drafting = await writeDraft(host, { title, body: '第1 目的\n1 節電する。\n' })
  const frame = new FrameScreen(page)
  const both = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((wanted) => (document.documentElement.dataset['theme'] = wanted), theme)
      expect(await findings(page), `${name}, ${theme}`).toEqual([])
    }
  }
  for (const tab of ['起案用紙', '本文', '添付', '仕上がり'] as const) {
    await drafting.showTab(tab)
    if (tab === '仕上がり') await drafting.previewText()
    await both(tab)
  }
  await drafting.submit()
  await both('desk')
  for (const place of ['書庫', '簿冊管理簿', '文書番号簿', '端末と信頼', '設定'] as const) {
    await frame.goTo(place)
    if (place === '簿冊管理簿') expect(await new RegisterScreen(page).columns()).toHaveLength(11)
    await both(place)
  }
  await frame.search('節電')
  await both('search')
  await frame.openHit(title)
  await new DocumentScreen(page).pageText()
  await both('document')
  await new PaletteScreen(page).open()
  await both('palette')
  await page.keyboard.press('Escape')
  await leave(host)
  await sitDown(host, people.chief)
  await new DeskScreen(page).open('わたしの番', title)
  await new DocumentScreen(page).startApprove()
  await both('waiting for consent')
  const consent = new ConsentScreen(await host.consentPage())
  await consent.pageCount()
  expect(await findings(consent.page), 'consent').toEqual([])
  await consent.cancel()
  expect(await new DocumentScreen(page).actRefusal()).toContain('何も記録されていません')
  await both('a refused act')
})

test('2.15 from the desk to an approval by keyboard alone', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, [people.drafter, people.chief])
  await sitDown(host, people.drafter)
  await writeDraft(host, { title, body: '節電する。' })
  await new DraftingScreen(page).submit()
  await leave(host)

  const reach = async (name: string | RegExp): Promise<void> => {
    const wanted = page.getByRole('button', { name }).first()
    for (let steps = 0; steps < 60; steps++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not reach ${name}`)
  }
  await reach(people.chief)
  await page.keyboard.press('Enter')
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await new DeskScreen(page).shown()
  await new PaletteScreen(page).run(title)
  const screen = new DocumentScreen(page)
  await screen.shown()
  await reach('承認する')
  await page.keyboard.press('Enter')
  await reach('確認の窓へ進む')
  await page.keyboard.press('Enter')
  const consent = await host.consentPage()
  await new ConsentScreen(consent).pageCount()
  await consent.keyboard.type(pin)
  const closed = consent.waitForEvent('close')
  await consent.keyboard.press('Enter')
  await closed
  await screen.actDone()
  expect(await screen.marks()).toHaveLength(1)
})

test('2.15 English, double size and colours take effect at once and stay', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, [people.drafter])
  await sitDown(host, people.drafter)
  await new FrameScreen(page).goTo('設定')
  const settings = new SettingsScreen(page)
  await settings.chooseZoom(200)
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await settings.chooseTheme('暗い')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
  await settings.chooseLanguage('English')
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  await page.getByRole('banner').getByRole('button', { name: 'Lock' }).click()
  await page.getByRole('heading', { name: 'Who is working here?' }).waitFor()
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']])).toEqual(['en', 'dark'])
})
