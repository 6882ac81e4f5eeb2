// The main job as the demo plays it, through the same screens as the journeys: draft, decide twice, file, export, verify.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { launch, type Host } from '../../e2e/hosts/electron-host.ts'
import { CabinetScreen } from '../../e2e/screens/cabinet-screen.ts'
import { ConsentScreen } from '../../e2e/screens/consent-screen.ts'
import { DeskScreen } from '../../e2e/screens/desk-screen.ts'
import { DocumentScreen } from '../../e2e/screens/document-screen.ts'
import { FrameScreen } from '../../e2e/screens/frame-screen.ts'
import { VolumeScreen } from '../../e2e/screens/volume-screen.ts'
import { finishExport, leave, openOffice, people, pin, sitDown, writeDraft } from '../../e2e/journeys/steps.ts'
import { createCamera, type Camera } from './camera.ts'
import type { Runtime, Step } from './report.ts'
import { demoText, type DemoText } from './texts.ts'

export interface DemoJob {
  readonly out: string
  readonly documents: number
  readonly step: Step
  readonly runtime: (runtime: Runtime) => void
}

const volume = '町政一般（令和8年度）'

export async function playMainJob({ out, documents, step, runtime }: DemoJob): Promise<void> {
  const texts = Array.from({ length: documents }, (_, n) => demoText(n))
  const host = await step('start the app', () => launch())
  try {
    const page = await host.page()
    const camera = createCamera(join(out, 'screens'))
    await camera.take(page, 'setup')
    await step('set up a practice workspace', () => openOffice(host))
    runtime(await page.evaluate(readRuntime))
    await camera.take(page, 'unlock')
    await step(`draft ${documents} documents`, () => draftAll(host, texts, camera))
    await step('the subsection chief approves', () => approveAll(host, people.chief, texts, camera))
    await step('the manager decides', () => approveAll(host, people.manager, texts, null))
    await step('file them', () => fileAll(host, texts, camera))
    const folder = await step('export the volume', () => exportVolume(host, camera))
    await step('collect the package', async () => collect(folder, out))
    await step('verify the package with Node alone', async () => verify(out))
  } finally {
    await host.dispose()
  }
}

/** Runs in the page: asks the app what it runs on. */
async function readRuntime(): Promise<Runtime> {
  const bridge = (window as unknown as { fumibako: { call: (channel: string, input: object) => Promise<{ value: Runtime }> } }).fumibako
  const { value } = await bridge.call('app.info', {})
  return { electron: value.electron, chrome: value.chrome }
}

async function draftAll(host: Host, texts: readonly DemoText[], camera: Camera): Promise<void> {
  const page = await host.page()
  await sitDown(host, people.drafter)
  await camera.take(page, 'desk-empty')
  for (const [n, text] of texts.entries()) {
    const photo = join(process.env['FUMIBAKO_ROOT'] ?? '.', 'e2e/samples', text.photo)
    const drafting = await writeDraft(host, { title: text.title, cover: { 伺い文: text.inquiry, 起案理由: text.reason }, body: text.body, attachments: [photo] })
    if (n === 0) {
      await drafting.showTab('本文')
      await camera.take(page, 'drafting-text')
      await drafting.previewText()
      await camera.take(page, 'drafting-pages')
    }
    await drafting.submit()
  }
  await camera.take(page, 'desk-drafter')
  await leave(host)
}

async function approveAll(host: Host, person: string, texts: readonly DemoText[], camera: Camera | null): Promise<void> {
  const page = await host.page()
  await sitDown(host, person)
  for (const text of texts) await new DeskScreen(page).waitFor('わたしの番', text.title)
  await camera?.take(page, 'desk-my-turn')
  for (const [n, text] of texts.entries()) {
    await new DeskScreen(page).open('わたしの番', text.title)
    const document = new DocumentScreen(page)
    await document.pageText()
    if (n === 0) await camera?.take(page, 'document')
    await document.startApprove()
    const consent = new ConsentScreen(await host.consentPage())
    await consent.pageCount()
    if (n === 0) await camera?.take(consent.page, 'consent')
    await consent.confirm(pin)
    await new FrameScreen(page).goTo('机')
  }
  await leave(host)
}

async function fileAll(host: Host, texts: readonly DemoText[], camera: Camera): Promise<void> {
  const page = await host.page()
  const frame = new FrameScreen(page)
  await sitDown(host, people.drafter)
  await frame.goTo('書庫')
  await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: volume, retention: '5年' })
  for (const [n, text] of texts.entries()) {
    await frame.goTo('机')
    await new DeskScreen(page).open('簿冊に納めるもの', text.title)
    const document = new DocumentScreen(page)
    await document.pageText()
    if (n === 0) await camera.take(page, 'document-decided')
    await document.file(volume)
  }
  await frame.goTo('書庫')
  await camera.take(page, 'cabinet')
}

async function exportVolume(host: Host, camera: Camera): Promise<string> {
  const page = await host.page()
  await new CabinetScreen(page).openVolume(volume)
  await camera.take(page, 'volume')
  await new VolumeScreen(page).startExport()
  return finishExport(host, '監査委員への提出')
}

/** DIR/package is the bag as it was written; the signed files and the root lie beside it for a quick look. */
function collect(folder: string, out: string): void {
  cpSync(folder, join(out, 'package'), { recursive: true })
  mkdirSync(join(out, 'signed'), { recursive: true })
  mkdirSync(join(out, 'trust'), { recursive: true })
  const documents = join(folder, 'data/documents')
  for (const name of readdirSync(documents).sort()) {
    const signed = join(documents, name, 'signed.pdf')
    if (existsSync(signed)) copyFileSync(signed, join(out, 'signed', `${name}.pdf`))
  }
  copyFileSync(join(folder, 'data/trust/root.pem'), join(out, 'trust/root.pem'))
}

function verify(out: string): void {
  const root = process.env['FUMIBAKO_ROOT'] ?? '.'
  const words = ['fumibako', 'verify', join(out, 'package'), '--trust', join(out, 'trust/root.pem')]
  const said = execFileSync(process.execPath, [join(root, 'build/bootstrap.mjs'), ...words], { encoding: 'utf8' })
  console.log(said.trimEnd().replace(/^/gm, '       '))
}
