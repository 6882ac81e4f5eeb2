// A person decides when this machine sends: a pause that the foot of every screen tells and that a start of the app keeps, a line that
// is paid by volume. And without a person: sync goes on with the window closed, and quitting sends what is not sent.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { makeWorld } from '../hosts/world.ts'
import { openDisplay } from '../hardening/x-display.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { findTraces } from './disk-traces.ts'
import { complete } from './machines.ts'
import { openOffice, people, sitDown, writeDraft } from './steps.ts'

const draftOf = (title: string) => ({ title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })

async function atWork(host: Host): Promise<{ readonly share: string; readonly frame: FrameScreen; readonly settings: SettingsScreen; readonly sent: () => number }> {
  await openOffice(host, [people.chief])
  await sitDown(host, people.chief)
  const share = join(dirname(host.profile), 'share')
  mkdirSync(share)
  chmodSync(share, 0o777)
  const page = await host.page()
  const [frame, settings] = [new FrameScreen(page), new SettingsScreen(page)]
  await frame.goTo('設定')
  await settings.chooseFolder(share)
  await frame.waitForStatus(complete)
  return { share, frame, settings, sent: () => readdirSync(share, { recursive: true }).filter((name) => /\/o\/..\/[0-9a-z]+$/.test(String(name))).length }
}

test('3.5 a pause is told on every screen, outlives a start, keeps everything here and ends when a person says so; a metered line only looks', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const host = await launchApp()
  const { frame, settings, sent } = await atWork(host)
  await settings.pause('再開するまで休む')
  expect((await settings.storageNotes()).join()).toContain('「送受信を再開する」を押すまで、何も送りません。')
  await frame.goTo('机')
  const before = sent()
  await (await writeDraft(host, draftOf('融雪剤の購入について'))).submit()
  await frame.waitForStatus(/この端末に保存済み・送受信を休んでいます（未送信 [1-9]\d* 件）/)
  expect(await host.quit()).toBe(0)
  expect(sent()).toBe(before)

  const again = await launchApp({ profile: host.profile })
  await sitDown(again, people.chief)
  const page = await again.page()
  const [frameAgain, settingsAgain] = [new FrameScreen(page), new SettingsScreen(page)]
  await frameAgain.waitForStatus(/送受信を休んでいます（未送信 [1-9]\d* 件）/)
  await frameAgain.goTo('設定')
  await page.screenshot({ path: test.info().outputPath('paused.png'), fullPage: true })
  await settingsAgain.resume()
  await frameAgain.waitForStatus(complete)
  expect(sent()).toBeGreaterThan(before)
  await settingsAgain.pause('1時間休む')
  await frameAgain.waitForStatus(/この端末に保存済み・\d\d:\d\d まで送受信を休んでいます/)
  await settingsAgain.resume()

  await settingsAgain.chooseMetered('今の回線では控える')
  await frameAgain.goTo('机')
  const held = sent()
  await (await writeDraft(again, draftOf('除雪機の修繕について'))).submit()
  await frameAgain.waitForStatus(/従量制の回線なので、文書の送受信を控えています（未送信 [1-9]\d* 件）/)
  expect(sent()).toBe(held)
  await frameAgain.goTo('設定')
  await settingsAgain.chooseMetered('端末が従量制と言うとき控える')
  await page.getByText('今の回線：従量制かどうか、この端末からは分かりません。').waitFor()
  await page.screenshot({ path: test.info().outputPath('line.png'), fullPage: true })
  await frameAgain.waitForStatus(complete)
  expect(sent()).toBeGreaterThan(held)
})

test('3.4 the way through a proxy is chosen in the settings, and what is no proxy is said', async ({ launchApp }) => {
  const host = await launchApp({ env: { HTTPS_PROXY: 'http://staff:secret@proxy.example.jp:3128' } })
  await openOffice(host, [people.chief])
  await sitDown(host, people.chief)
  const page = await host.page()
  await new FrameScreen(page).goTo('設定')
  const settings = new SettingsScreen(page)
  expect(await settings.networkWords()).toContain('端末の設定：proxy.example.jp:3128')
  expect(await page.content()).not.toContain('secret@')
  expect(await settings.chooseProxy({ プロキシーの場所: 'socks://proxy' })).toContain('プロキシーの場所を読めません。')
  expect(await settings.chooseProxy({ プロキシーの場所: 'http://proxy.town.example.jp:8080', プロキシーの利用者名: 'staff', プロキシーのパスワード: 'fuyu-no-yama' })).toContain('決めました。')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('region', { name: 'プロキシーと証明書' }).screenshot({ path: test.info().outputPath('network.png') })
  expect(await host.quit()).toBe(0)
  expect(findTraces(host.profile, { secret: 'fuyu-no-yama' }).found).toEqual([])
})

test('3.4 the proxy that the desktop’s own settings name is found without being entered', async ({ launchApp }) => {
  const home = mkdtempSync(join(tmpdir(), 'fumibako-desktop-'))
  try {
    chmodSync(home, 0o755)
    mkdirSync(join(home, 'share/config'), { recursive: true })
    writeFileSync(join(home, 'share/config/kioslaverc'), '[Proxy Settings]\nProxyType=1\nhttpsProxy=http://proxy.town.example.jp 3128\n')
    const host = await launchApp({ env: { XDG_CURRENT_DESKTOP: 'KDE', KDE_SESSION_VERSION: '5', KDEHOME: home } })
    await openOffice(host, [people.chief])
    await sitDown(host, people.chief)
    const page = await host.page()
    await new FrameScreen(page).goTo('設定')
    expect(await new SettingsScreen(page).networkWords()).toContain('端末の設定：proxy.town.example.jp:3128')
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

test('3.4 a proxy script is fetched, asked by Chromium and told; a place without one is said', async ({ launchApp }) => {
  const server = createServer((question, response) => void (question.url === '/proxy.pac' ? response.end(script) : response.writeHead(404).end()))
  const script = 'function FindProxyForURL(url, host) { return shExpMatch(host, "*.lg.jp") ? "DIRECT" : "SOCKS s:1; PROXY proxy.town.example.jp:3128; DIRECT" }'
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const host = await launchApp()
    await openOffice(host, [people.chief])
    await sitDown(host, people.chief)
    const page = await host.page()
    await new FrameScreen(page).goTo('設定')
    const settings = new SettingsScreen(page)
    expect(await settings.chooseProxy({ 設定ファイルの場所: `${origin}/none.pac` }, 'プロキシーの設定ファイル（PAC）で決める')).toContain('その場所に、プロキシーの設定ファイル（PAC）がありません。')
    expect(await settings.chooseProxy({ 設定ファイルの場所: `${origin}/proxy.pac` }, 'プロキシーの設定ファイル（PAC）で決める')).toContain('決めました。')
    expect(await settings.networkWords()).toContain('設定ファイルが今示すもの：proxy.town.example.jp:3128')
    await page.getByRole('region', { name: 'プロキシーと証明書' }).screenshot({ path: test.info().outputPath('script.png') })
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('3.4 the proxy script that the system names is fetched and asked, without anything being entered @root', async ({ launchApp }) => {
  const server = createServer((question, response) => void (question.url === '/town.pac' ? response.end('function FindProxyForURL(url, host) { return "PROXY proxy.town.example.jp:8080" }') : response.writeHead(404).end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const gnome = makeWorld({ folders: [], files: {}, programs: { '/usr/bin/gsettings': `case "$3" in mode) echo "'auto'";; autoconfig-url) echo "'${origin}/town.pac'";; esac` } })
  try {
    const host = await launchApp({ enter: gnome.enter })
    await openOffice(host, [people.chief])
    await sitDown(host, people.chief)
    const page = await host.page()
    const frame = new FrameScreen(page)
    // A busy system that was silent is asked again.
    await expect.poll(async () => {
      await frame.goTo('机')
      await frame.goTo('設定')
      return new SettingsScreen(page).networkWords()
    }).toContain('端末の設定：proxy.town.example.jp:8080')
  } finally {
    gnome.remove()
    server.closeAllConnections()
    server.close()
  }
})

test('3.5 quitting sends what is not sent, and sync goes on with the window closed', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const host = await launchApp()
  const { share, frame, settings, sent } = await atWork(host)
  await settings.pause('再開するまで休む')
  await frame.goTo('机')
  await (await writeDraft(host, draftOf('除雪機の修繕について'))).submit()
  await frame.waitForStatus(/送受信を休んでいます（未送信 [1-9]\d* 件）/)
  await frame.goTo('設定')
  const paused = sent()
  await settings.resume()
  expect(await host.quit()).toBe(0)
  expect(sent()).toBeGreaterThan(paused)

  const again = await launchApp({ profile: host.profile })
  await sitDown(again, people.chief)
  const frameAgain = new FrameScreen(await again.page())
  await frameAgain.waitForStatus(complete)
  renameSync(share, `${share}-away`)
  await (await writeDraft(again, draftOf('融雪剤の購入について'))).submit()
  await frameAgain.waitForStatus(/町の保管庫に届きません（未送信 [1-9]\d* 件）/)
  const display = await openDisplay()
  for (const window of await display.visibleWindows(again.pid)) await display.closeWindow(window)
  await expect.poll(() => display.visibleWindows(again.pid)).toEqual([])
  renameSync(`${share}-away`, share)
  const before = sent()
  await expect.poll(sent, { timeout: 90_000 }).toBeGreaterThan(before)
  expect(await display.visibleWindows(again.pid)).toEqual([])
  display.end()
  expect(await again.quit()).toBe(0)
})
