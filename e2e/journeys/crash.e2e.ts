// The power is cut again and again while a clerk types: the whole process group ends at once, without a word. What the status line
// had called saved is there after the next start; what it had not may be or not, but nothing is torn.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { stateHash } from './machines.ts'
import { openOffice, people, sitDown } from './steps.ts'

const title = '停電に備える文書の保全について'

test('2.9 what was shown as saved survives a power cut at any instant, and a rebuild gives the same', async ({ launchApp }) => {
  let host = await launchApp()
  await openOffice(host, [people.drafter])
  const { profile } = host
  const promised: string[] = []
  const tails: string[] = []

  const next = async (): Promise<DraftingScreen> => {
    host = await launchApp({ profile })
    return reopened(host)
  }
  const holdsWhatWasPromised = async (drafting: DraftingScreen): Promise<readonly string[]> => {
    const lines = (await drafting.bodyText()).split('\n').filter((line) => line !== '')
    expect(lines.filter((line) => promised.includes(line))).toEqual(promised)
    // Beyond the promise there is at most the start of what was being typed when the power went.
    for (const line of lines.filter((line) => !promised.includes(line))) expect(tails.some((tail) => tail.startsWith(line)), line).toBe(true)
    return lines
  }

  await test.step('cut as soon as the cover sheet is said to be saved', async () => {
    await sitDown(host, people.drafter)
    await new DeskScreen(await host.page()).newDraft()
    await new DraftingScreen(await host.page()).typeCover('件名', title)
    await host.kill()
  })
  for (const [n, line] of ['一行目を書く。', '二行目を書く。', '三行目を書く。'].entries()) {
    await test.step(`cut as soon as line ${n + 1} is said to be saved`, async () => {
      const drafting = await next()
      await holdsWhatWasPromised(drafting)
      await writeLine(drafting, line)
      await new FrameScreen(drafting.page).saving()
      await new FrameScreen(drafting.page).saved()
      await host.kill()
      promised.push(line)
    })
  }
  for (const tail of ['打っている途中で電源が切れる。', 'もう一度、打っている途中で切れる。']) {
    await test.step('cut while typing', async () => {
      const drafting = await next()
      await holdsWhatWasPromised(drafting)
      tails.push(tail)
      await writeLine(drafting, tail.slice(0, 4))
      await new FrameScreen(drafting.page).saving()
      for (const sign of tail.slice(4)) await drafting.page.keyboard.insertText(sign)
      await host.kill()
    })
  }

  const [lines, hash] = await test.step('after the last cut', async () => {
    const drafting = await next()
    const lines = await holdsWhatWasPromised(drafting)
    expect(await drafting.coverText('件名')).toBe(title)
    const found = [lines, await stateHash(host)] as const
    expect(await host.quit()).toBe(0)
    return found
  })
  await test.step('a rebuild from the folder gives the same', async () => {
    rmSync(join(profile, 'IndexedDB'), { recursive: true, force: true })
    const drafting = await next()
    expect(await holdsWhatWasPromised(drafting)).toEqual(lines)
    expect(await stateHash(host)).toBe(hash)
  })
})

async function reopened(host: Host): Promise<DraftingScreen> {
  const desk = await sitDown(host, people.drafter)
  await desk.open('起案中', title)
  const drafting = new DraftingScreen(desk.page)
  await drafting.showTab('本文')
  return drafting
}

/** Begins a new line at the end and types, without waiting for anything. */
async function writeLine(drafting: DraftingScreen, line: string): Promise<void> {
  const { page } = drafting
  await drafting.body().click()
  await drafting.body().press('Control+End')
  if ((await drafting.body().innerText()).trim() !== '') await page.keyboard.press('Enter')
  await page.keyboard.insertText(line)
}
