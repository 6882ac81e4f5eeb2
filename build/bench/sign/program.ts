// Runs inside Electron's main process: prints and signs documents as the product does, and as a person would with the bare tools.
// Both halves use a hidden window that is kept warm and the same HTML, fonts and runtime.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app } from 'electron'
import { sampleTown } from '@shared/authority/sample-town.ts'
import type { Person } from '@shared/authority/model.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import { markFieldOf } from '@shared/document/print-form.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import { composeFrozen, type FrozenInput } from '@shared/pdf/compose-frozen.ts'
import { readMarkFace, type MarkFace } from '@shared/pdf/mark-face.ts'
import type { SigningKey } from '@shared/signing/ports.ts'
import { createCertificateIssuer } from '../../../electron/main/services/certificates.ts'
import { nodeHost } from '../../../electron/main/services/node-host.ts'
import { prepareProcess } from '../../../electron/main/platform/process.ts'
import { createPrintWindow } from '../../../electron/main/window/print-window.ts'
import { practiceWatermark } from '../../../renderer/text/print.ts'
import { answerRuns } from '../answer-runs.ts'
import { openBarePrinter } from '../bare-printer.ts'
import type { Run } from '../row.ts'
import { startStopwatch } from '../stopwatch.ts'
import { documentHtml, fontFiles, markFonts, markText, steps, titleOf } from './document.ts'
import { createOpensslSigner } from './openssl-signer.ts'

const at = '2026-10-01T09:00:00+09:00'

interface Signatory {
  readonly person: Person
  readonly key: SigningKey
}

/** Three people with seat certificates under one root, as founding a workspace makes them. */
async function signatories(): Promise<readonly Signatory[]> {
  const issuer = createCertificateIssuer(nodeHost)
  const root = createKeyPair(nodeHost)
  const { certificate } = await issuer.root(root, '00'.repeat(32), sampleTown.town.name, at)
  const keyOf = async (person: Person): Promise<SigningKey> => {
    const pair = createKeyPair(nodeHost)
    const own = await issuer.seat(root, certificate, { name: `${person.familyName} ${person.givenName}`, person: person.id, town: sampleTown.town.name, publicKey: pair.publicKey }, at)
    const signer = await createSigner(nodeHost, pair)
    return { certificate: own, chain: [certificate], sign: (data) => signer.sign(data) }
  }
  return Promise.all(sampleTown.people.slice(0, steps.length).map(async (person) => ({ person, key: await keyOf(person) })))
}

async function product(documents: number): Promise<() => Promise<Run>> {
  const folder = join(app.getAppPath(), 'renderer/fonts')
  const printer = createPrintWindow(folder)
  const people = await signatories()
  let n = 0
  let fonts: FrozenInput['fonts'] | null = null
  const one = async (watch: ReturnType<typeof startStopwatch>): Promise<void> => {
    n += 1
    const html = await watch.time('the form as HTML', () => documentHtml(n, (file) => `app://print/fonts/${file}`))
    const printed = await watch.time('print.render', () => printer.render({ html, baseFonts: [...fontFiles] }))
    if (!printed.ok) throw new Error(printed.error.type)
    const { pdf, boxes } = printed.value
    fonts ??= await watch.time('reading two fonts, once', async () => ({ primary: await faceOf(folder, markFonts.primary), fallback: await faceOf(folder, markFonts.fallback) }))
    const faces = fonts
    let file = await watch.time('composeFrozen', () =>
      composeFrozen({
        printed: pdf,
        title: titleOf(n),
        documentId: `doc-${n}`,
        author: '総務課',
        createdAt: at,
        boxes: boxes.map(({ name, page, rect: { x, y, width, height } }) => ({ name, page, rect: [x, y, x + width, y + height] as const })),
        markText,
        fonts: faces,
        watermark: practiceWatermark,
      }),
    )
    for (const [i, { person, key }] of people.entries()) {
      const step = steps[i] as (typeof steps)[number]
      const mark = { position: step.title, surname: person.familyName, date: '2026-10-01' }
      const pages = file
      const signed = await watch.time('3 × appendSignature', () => appendSignature({ pdf: pages, field: markFieldOf(step), mark, signer: key, at, reason: '承認', name: `${person.familyName} ${person.givenName}` }))
      if (!signed.ok) throw new Error(signed.error.type)
      file = signed.value
    }
  }
  return async () => {
    const watch = startStopwatch()
    for (let i = 0; i < documents; i++) await one(watch)
    return watch.stop(documents)
  }
}

async function faceOf(folder: string, file: string): Promise<MarkFace> {
  return readMarkFace(new Uint8Array(await readFile(join(folder, file))))
}

async function peer(documents: number): Promise<{ run: () => Promise<Run>; close: () => void }> {
  const printer = openBarePrinter(join(app.getAppPath(), 'renderer/fonts'), fontFiles)
  const signer = createOpensslSigner()
  let n = 0
  const one = async (watch: ReturnType<typeof startStopwatch>): Promise<void> => {
    n += 1
    const html = documentHtml(n, (file) => `app://bare/${file}`)
    const pdf = await watch.time('load and printToPDF', () => printer.print(html))
    await watch.time('3 × openssl cms -sign', async () => {
      await signer.offer(pdf)
      for (let i = 0; i < steps.length; i++) await signer.sign()
    })
  }
  const run = async (): Promise<Run> => {
    const watch = startStopwatch()
    for (let i = 0; i < documents; i++) await one(watch)
    return watch.stop(documents)
  }
  return { run, close: signer.close }
}

async function serve(): Promise<void> {
  const documents = Number(app.commandLine.getSwitchValue('documents'))
  const bare = await peer(documents)
  await answerRuns({ facts: { documents }, product: await product(documents), peer: bare.run, close: async () => bare.close() })
}

function end(error?: unknown): void {
  if (error !== undefined) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  app.exit(error === undefined ? 0 : 1)
}

if (prepareProcess()) void app.whenReady().then(serve).then(() => end(), end)
