// Runs inside Electron's main process: the evidence of a quarter's review from the events of collection zero to the signed pages, and
// the same pages printed and signed with the bare tools.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app } from 'electron'
import { reportField, reviewCsv, reviewReport } from '@shared/archive/review-report.ts'
import { campaignOf, quarterOf } from '@shared/authority/campaign.ts'
import { reduceAuthority } from '@shared/authority/reduce.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { appendSignature } from '@shared/pdf/append-signature.ts'
import { composeFrozen, type FrozenInput } from '@shared/pdf/compose-frozen.ts'
import { readMarkFace } from '@shared/pdf/mark-face.ts'
import type { SigningKey } from '@shared/signing/ports.ts'
import { createCertificateIssuer } from '../../../electron/main/services/certificates.ts'
import { nodeHost } from '../../../electron/main/services/node-host.ts'
import { prepareProcess } from '../../../electron/main/platform/process.ts'
import { createPrintWindow } from '../../../electron/main/window/print-window.ts'
import { practiceWatermark, reportLabels } from '../../../renderer/text/print.ts'
import { answerRuns } from '../answer-runs.ts'
import { openBarePrinter } from '../bare-printer.ts'
import type { Run } from '../row.ts'
import { fontFiles, markFonts } from '../sign/document.ts'
import { createOpensslSigner } from '../sign/openssl-signer.ts'
import { startStopwatch } from '../stopwatch.ts'
import { rightsOf, today, type RightsOfTown } from './rights.ts'

const at = '2026-11-29T09:00:00+09:00'

async function signatory(): Promise<SigningKey> {
  const issuer = createCertificateIssuer(nodeHost)
  const [root, own] = [createKeyPair(nodeHost), createKeyPair(nodeHost)]
  const { certificate } = await issuer.root(root, '00'.repeat(32), sampleTown.town.name, at)
  const seat = await issuer.seat(root, certificate, { name: '職員 太郎', person: 'person-0', town: sampleTown.town.name, publicKey: own.publicKey }, at)
  const signer = await createSigner(nodeHost, own)
  return { certificate: seat, chain: [certificate], sign: (data) => signer.sign(data) }
}

/** The report as HTML, with its table, from the events. */
function evidence({ events, uses }: RightsOfTown, fontUrl: (file: string) => string): { readonly html: string; readonly table: Uint8Array; readonly rights: number } {
  const state = reduceAuthority(events)
  const campaign = campaignOf(state, quarterOf(today), today, uses)
  const names = { person: (id: string) => `${state.people.get(id)?.familyName} ${state.people.get(id)?.givenName}`, collection: (id: string | null) => state.collections.get(id ?? '')?.name ?? '', document: () => null }
  const report = { campaign, names, labels: reportLabels, townName: sampleTown.town.name, date: today }
  const table = utf8ToBytes(reviewCsv(report))
  const [mincho, gothic, gothicBold, noto, notoBold] = fontFiles
  const face = (family: string, file: string, weight: 'normal' | 'bold') => ({ family, url: fontUrl(file), weight })
  const fonts = {
    text: ['BIZ UDMincho', 'Noto Sans JP'],
    heading: ['BIZ UDPGothic', 'Noto Sans JP'],
    faces: [face('BIZ UDMincho', mincho, 'normal'), face('BIZ UDPGothic', gothic, 'normal'), face('BIZ UDPGothic', gothicBold, 'bold'), face('Noto Sans JP', noto, 'normal'), face('Noto Sans JP', notoBold, 'bold')],
  }
  return { html: reviewReport(report, sha256Hex(table), { fonts, settingOf: () => 'plain' }), table, rights: campaign.rows.length }
}

async function product(town: RightsOfTown): Promise<() => Promise<Run>> {
  const folder = join(app.getAppPath(), 'renderer/fonts')
  const printer = createPrintWindow(folder)
  const key = await signatory()
  const face = async (file: string) => readMarkFace(new Uint8Array(await readFile(join(folder, file))))
  const fonts: FrozenInput['fonts'] = { primary: await face(markFonts.primary), fallback: await face(markFonts.fallback) }
  return async () => {
    const watch = startStopwatch()
    const { html } = await watch.time('campaign, table and pages as HTML', () => evidence(town, (file) => `app://print/fonts/${file}`))
    const printed = await watch.time('print.render', () => printer.render({ html, baseFonts: [...fontFiles] }))
    if (!printed.ok) throw new Error(printed.error.type)
    const { pdf, boxes } = printed.value
    const file = await watch.time('composeFrozen', () =>
      composeFrozen({ printed: pdf, title: '権限の点検', documentId: '', author: '職員 太郎', createdAt: at, boxes: boxes.map(({ name, page, rect: { x, y, width, height } }) => ({ name, page, rect: [x, y, x + width, y + height] as const })), markText: '職員太郎', fonts, watermark: practiceWatermark }),
    )
    const signed = await watch.time('appendSignature', () => appendSignature({ pdf: file, field: reportField, mark: { position: '', surname: '職員', date: today }, signer: key, at, reason: '点検', name: '職員 太郎' }))
    if (!signed.ok) throw new Error(signed.error.type)
    return watch.stop(1)
  }
}

function peer(town: RightsOfTown): { readonly run: () => Promise<Run>; readonly close: () => void } {
  const printer = openBarePrinter(join(app.getAppPath(), 'renderer/fonts'), fontFiles)
  const signer = createOpensslSigner()
  const { html } = evidence(town, (file) => `app://bare/${file}`)
  const run = async (): Promise<Run> => {
    const watch = startStopwatch()
    const pdf = await watch.time('load and printToPDF', () => printer.print(html))
    await watch.time('openssl cms -sign', async () => {
      await signer.offer(pdf)
      await signer.sign()
    })
    return watch.stop(1)
  }
  return { run, close: signer.close }
}

async function serve(): Promise<void> {
  const [people, collections] = ['people', 'collections'].map((name) => Number(app.commandLine.getSwitchValue(name))) as [number, number]
  const town = rightsOf(people, collections)
  const bare = peer(town)
  await answerRuns({ facts: { people, collections, rights: evidence(town, String).rights }, product: await product(town), peer: bare.run, close: async () => bare.close() })
}

function end(error?: unknown): void {
  if (error !== undefined) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  app.exit(error === undefined ? 0 : 1)
}

if (prepareProcess()) void app.whenReady().then(serve).then(() => end(), end)
