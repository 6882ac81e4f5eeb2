// Two machines over one shared folder: the second one has a copy of the first one's profile from before any sync; other people sit
// there. What several journeys need of them; assertions stay in the journeys.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host, LaunchOptions } from '../hosts/electron-host.ts'
import { FrameScreen, type PlaceName } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { openOffice } from './steps.ts'

export const complete = /この端末に保存済み・送信済み・\d\d:\d\d 現在で記録は全件そろっています/
export const cutOff = /この端末に保存済み・町の保管庫に届きません（未送信 [1-9]\d* 件）/

export interface Machines {
  readonly left: Host
  readonly right: Host
  readonly share: string
}

/** An office with these seats at two machines, both locked, and an empty folder that neither uses yet. Both lie in one folder: quit both before a test ends. */
export async function twoMachines(launchApp: (options?: LaunchOptions) => Promise<Host>, seats: readonly string[]): Promise<Machines> {
  const first = await launchApp()
  await openOffice(first, seats)
  await first.quit()
  const copy = `${first.profile}-copy`
  execFileSync('cp', ['-a', first.profile, copy])
  const share = join(dirname(first.profile), 'share')
  mkdirSync(share)
  chmodSync(share, 0o777)
  return { left: await launchApp({ profile: first.profile }), right: await launchApp({ profile: copy }), share }
}

/** Chooses the folder at a machine where somebody sits, and waits until everything is there. */
export async function chooseStorage(host: Host, folder: string): Promise<void> {
  const page = await host.page()
  const frame = new FrameScreen(page)
  await frame.goTo('設定')
  await new SettingsScreen(page).chooseFolder(folder)
  await frame.waitForStatus(complete)
  await frame.goTo('机')
}

/** Sends and fetches at each machine in turn, so that each has what all the ones before it had; ends at a place. */
export async function exchange(hosts: readonly Host[], place: PlaceName = '机'): Promise<void> {
  for (const host of hosts) {
    const page = await host.page()
    const frame = new FrameScreen(page)
    await frame.goTo('設定')
    await new SettingsScreen(page).syncNow()
    await frame.waitForStatus(complete)
    await frame.goTo(place)
  }
}

/** The folder is gone until the function given is called. */
export function cutOffFrom(share: string): () => void {
  const away = `${share}-away`
  renameSync(share, away)
  return () => renameSync(away, share)
}
