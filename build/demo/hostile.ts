// The demo of a storage that misleads: two packaged apps over one folder; the folder is put back to yesterday for one of them, emptied
// and filled again, and each time the app's own words are printed. Everything it leaves behind lies in the folder that was asked for.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch, type Host } from '../../e2e/hosts/electron-host.ts'
import { empty, keepState, machinesToMislead, pollSurely, sendForDecision, settleStorage, showToRight, type MisledMachines } from '../../e2e/journeys/hostile-steps.ts'
import type { Launch } from '../../e2e/journeys/machines.ts'
import { decide } from '../../e2e/journeys/steps.ts'
import { DeskScreen } from '../../e2e/screens/desk-screen.ts'
import { DocumentScreen } from '../../e2e/screens/document-screen.ts'
import { FrameScreen } from '../../e2e/screens/frame-screen.ts'
import { SettingsScreen } from '../../e2e/screens/settings-screen.ts'
import { createCamera, type Camera } from './camera.ts'
import { outFolder } from './out-folder.ts'
import { createReport, type Step } from './report.ts'

const usage = 'usage: npm run demo:hostile [-- --out DIR]'
const first = '除雪車の点検について'
const second = '融雪剤の購入について'

async function main(): Promise<number> {
  const out = readOut()
  if (out === null) {
    console.error(usage)
    return 2
  }
  mkdirSync(out, { recursive: true })
  const report = createReport(out, 2)
  const hosts: Host[] = []
  try {
    await play(report.step, createCamera(join(out, 'screens')), async (options) => {
      const host = await launch(options)
      hosts.push(host)
      return host
    })
    return 0
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown))
    return 1
  } finally {
    for (const host of hosts) await host.dispose()
    report.write()
    console.log(`pictures are in ${join(out, 'screens')}`)
  }
}

async function play(step: Step, camera: Camera, start: Launch): Promise<void> {
  const machines = await step('two machines over one folder', () => machinesToMislead(start))
  const { left, right, share } = machines
  await step('a draft travels to the other machine', () => sendForDecision(machines, first, 1))
  const yesterday = keepState(share, 'yesterday')
  await step('another one, after that state was kept aside', () => sendForDecision(machines, second, 2))
  await step('the folder is put back to yesterday, for one machine only', async () => {
    showToRight(share, yesterday)
    await tell(right, camera, 'put-back')
  })
  await step('nothing is decided now', () => tryToDecide(machines, camera))
  await step('the truth is back: it heals by itself, and a person lets decisions go on', async () => {
    showToRight(share, share.truth)
    await pollSurely(right)
    await settleStorage(right)
    await new FrameScreen(await right.page()).goTo('机')
    await (await decide(right, second, '承認する')).waitForStage('決裁済み')
  })
  await step('the folder is emptied', async () => {
    empty(share)
    await tell(left, camera, 'emptied')
  })
  await step('chosen again, it is filled from the machines', async () => {
    await new SettingsScreen(await left.page()).chooseFolder(share.pathOfLeft)
    await settleStorage(left)
    await tell(right, camera, 'filled-again')
    await pollSurely(right)
    await settleStorage(right)
  })
}

/** Polls and prints what the app says of the storage. */
async function tell(host: Host, camera: Camera, picture: string): Promise<void> {
  const settings = await pollSurely(host)
  for (const line of (await settings.storageDoubts()).split('\n')) console.log(`       ${line}`)
  await camera.take(await host.page(), picture)
}

async function tryToDecide({ right }: MisledMachines, camera: Camera): Promise<void> {
  const page = await right.page()
  await new FrameScreen(page).goTo('机')
  await new DeskScreen(page).open('わたしの番', second)
  const document = new DocumentScreen(page)
  await document.startApprove()
  for (const line of (await document.actRefusal()).split('\n')) console.log(`       ${line}`)
  await camera.take(page, 'not-decided')
  await document.closeDialog()
}

function readOut(): string | null {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' } } })
    return outFolder(values.out)
  } catch {
    return null
  }
}

process.exitCode = await main()
