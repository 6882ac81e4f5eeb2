// The scenes of a storage that misleads, over one shared folder: two machines, of which one reaches the folder by a path of its own, so
// that it alone can be shown another state of it. Assertions stay in the journeys.
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { chooseFolder, complete, makeShare, openMachines, type Launch } from './machines.ts'
import { people, pin, writeDraft } from './steps.ts'

export const frozen = 'この端末に保存済み・町の保管庫の様子がおかしいため、決裁を止めています。設定の「保管先」を見てください'
/** Something is odd, and nothing that was decided could be missing here. */
export const doubted = 'この端末に保存済み・町の保管庫の様子がおかしいです。設定の「保管先」を見てください'

export interface SharedFolder {
  /** What really lies there. */
  readonly truth: string
  readonly pathOfLeft: string
  readonly pathOfRight: string
}

export interface MisledMachines {
  readonly left: Host
  readonly right: Host
  readonly share: SharedFolder
}

/** The chief at the left machine, the manager at the right one, over one folder. */
export async function machinesToMislead(launch: Launch): Promise<MisledMachines> {
  const { machines: [left, right], around } = await openMachines(launch, [people.chief, people.manager])
  const truth = makeShare(around, 'truth/share')
  const share = { truth, pathOfLeft: truth, pathOfRight: join(around, 'right', 'share') }
  showToRight(share, truth)
  await chooseFolder(left, share.pathOfLeft)
  await chooseFolder(right, share.pathOfRight)
  return { left, right, share }
}

/** Sends and fetches so often in a row that a storage which is merely late would have caught up; ends at the settings. */
export async function pollSurely(host: Host): Promise<SettingsScreen> {
  const page = await host.page()
  const settings = new SettingsScreen(page)
  await new FrameScreen(page).goTo('設定')
  for (let round = 0; round < 3; round++) await settings.syncNow()
  return settings
}

/** Whoever sits there says with the PIN that they looked into the storage; answers what the window says, of which a picture is kept. At the settings. */
export async function settleStorage(host: Host, picture?: string): Promise<string> {
  const settings = new SettingsScreen(await host.page())
  await settings.startSettleStorage()
  const window = new ConsentScreen(await host.consentPage())
  const said = await window.words()
  if (picture !== undefined) await window.page.screenshot({ path: picture })
  await window.confirm(pin)
  await settings.storageSettled()
  return said
}

/** A draft of the left machine's that becomes the right one's turn; `reaching`: how many documents reach its person then. */
export async function sendForDecision({ left, right }: Pick<MisledMachines, 'left' | 'right'>, title: string, reaching: number): Promise<void> {
  const leftFrame = new FrameScreen(await left.page())
  await leftFrame.goTo('机')
  const draft = await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })
  await draft.submit()
  await leftFrame.waitForStatus(complete)
  const page = await right.page()
  await pollSurely(left)
  const settings = await pollSurely(right)
  await settings.shown()
  await new FrameScreen(page).goTo('机')
  await new DeskScreen(page).waitFor('わたしの番', title)
  await new DeskScreen(page).waitUntilAtHand(reaching)
}

/** Keeps the state of now beside it; nobody is told. */
export function keepState({ truth }: SharedFolder, name: string): string {
  const kept = join(dirname(dirname(truth)), name, 'share')
  cpSync(truth, kept, { recursive: true })
  execFileSync('chmod', ['-R', 'a+rwX', kept])
  return kept
}

/** From now on the right machine is shown this folder under the path that it was given. */
export function showToRight({ pathOfRight }: SharedFolder, folder: string): void {
  rmSync(dirname(pathOfRight), { force: true })
  symlinkSync(dirname(folder), dirname(pathOfRight))
}

/** Our folder is another town's now; what it gives puts it back. */
export function swapForOther({ truth }: SharedFolder): () => void {
  const [own] = readdirSync(join(truth, 'z1'))
  if (own === undefined) throw new Error('nothing was sent yet')
  renameSync(join(truth, 'z1', own), join(truth, 'z1', 'othertown'))
  return () => renameSync(join(truth, 'z1', 'othertown'), join(truth, 'z1', own))
}

export function empty({ truth }: SharedFolder): void {
  for (const workspace of readdirSync(join(truth, 'z1'))) {
    for (const part of readdirSync(join(truth, 'z1', workspace))) rmSync(join(truth, 'z1', workspace, part), { recursive: true })
  }
}
