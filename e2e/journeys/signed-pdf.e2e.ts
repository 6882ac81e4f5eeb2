// One document, decided by five people at one desk, judged by programs that are not ours. Nothing here asks our own verdict.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nssWith, openBench, pdfsig, preflight, qpdfCheck, type Bench } from '../../build/test/pdf/judges.ts'
import { comparePages, type Mask } from '../../build/test/pdf/page-pictures.ts'
import { pemToDer } from '@shared/signing/pem.ts'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { shareOffice } from './office.ts'
import { decide, finishExport, leave, people, sendRound, sitDown } from './steps.ts'

const signers = [people.chief, people.manager, people.finance, people.viceMayor, people.mayor]
const office = shareOffice([people.drafter, ...signers])
const folders = { approved: join(import.meta.dirname, '../approved'), made: join(import.meta.dirname, '../../.out/pictures') }
/** Smoothing of one glyph edge moves less than this; a glyph that is lost moves more. */
const tolerated = 0.0005

const title = '冬期間の町営バスの運行計画と、雪守町地域公共交通会議の設置について'
const body = [
  '第1 趣旨',
  '積雪期の通学と通院の足を守るため、町営バスの運行計画を次のとおり改め、あわせて「雪守町地域公共交通会議」を置く。運行の経路、停留所、時刻は、関係する町内会（北町、南町、湯川）の意見を聴いて定めた（令和8年9月17日の意見交換会）。',
  '第2 運行計画',
  '1 期間は、12月1日から翌年3月31日までとする。',
  '2 便数は、次のとおりとする。',
  '(1) 平日は、一日六往復（始発は午前6時40分、終発は午後7時15分）とする。',
  '(2) 土曜日、日曜日、祝日は、一日三往復とする。',
  'ア 吹雪のときは、建設課と協議して運休することがある。',
  'ア 運休は、防災行政無線と町のページで知らせる。',
  '第3 予算',
  '運行に要する経費は、3,480,000円（10節需用費、12節委託料）を見込む。',
  '記',
  '運賃は、一乗車200円、高校生以下は無料とする。',
  '以上',
].join('\n')

let bench: Bench
test.beforeAll(() => {
  bench = openBench()
})
test.afterAll(() => bench.close())

test('2.11 five people decide; pdfsig, qpdf, Preflight, tags, pictures and the byte-prefix law agree on the exported file', async ({}, testInfo) => {
  const host = office()
  await sendRound(host, people.drafter, { title, body, cover: { 決裁区分: '甲（町長）', 合議先: ['財政担当課長'] } })
  for (const signer of signers) {
    await sitDown(host, signer)
    await decide(host, title, '承認する', { comment: signer === people.finance ? '予算の範囲内であることを確認しました。' : '' })
    await leave(host)
  }
  await sitDown(host, people.drafter)
  await new DeskScreen(await host.page()).open('簿冊に納めるもの', title)
  const document = new DocumentScreen(await host.page())
  expect(await document.stage()).toBe('決裁済み')
  expect((await document.marks()).map((mark) => mark.split(' ').slice(0, 3).join(' '))).toEqual(['承認印 総務係長 𠮷田', '承認印 総務課長 \u{FA11}田', '合議印 財政担当課長 葛\u{E0100}城', '承認印 副町長 渡\u{9089}', '決裁印 町長 \u{9AD9}橋'])
  await document.startExport()
  const folder = await finishExport(host, '監査委員への提出')
  const fileOf = (name: string): Buffer => readFileSync(join(folder, 'data', name))
  const [frozen, signed] = [fileOf('documents/1/frozen.pdf'), fileOf('documents/1/signed.pdf')]
  const path = join(folder, 'data/documents/1/signed.pdf')
  const [root = new Uint8Array()] = pemToDer('CERTIFICATE', fileOf('trust/root.pem').toString())
  const nss = nssWith(bench, root)
  await testInfo.attach('signed.pdf', { path, contentType: 'application/pdf' })

  await test.step('five valid signatures, each appended to what was there', () => {
    expect(signed.subarray(0, frozen.length).equals(frozen)).toBe(true)
    expect(pdfsig(path, nss).map(({ commonName, valid, trusted, whole }) => ({ commonName, valid, trusted, whole }))).toEqual(signers.map((name, at) => ({ commonName: name, valid: true, trusted: true, whole: at === 4 })))
    for (const [at, end] of signatureEnds(signed).entries()) {
      const before = pdfsig(bench.write(`after-${at + 1}.pdf`, signed.subarray(0, end)), nss)
      expect(before.map(({ valid, whole }) => [valid, whole])).toEqual(Array.from({ length: at + 1 }, (_, i) => [true, i === at]))
    }
  })
  await test.step('a flipped byte is never five valid over the whole document', () => {
    for (const share of [0.1, 0.5, 0.9]) {
      const flipped = Buffer.from(signed)
      const at = Math.floor(flipped.length * share)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      const answers = pdfsig(bench.write('flipped.pdf', flipped), nss)
      expect(answers.length === 5 && answers.every(({ valid }) => valid) && answers.at(-1)?.whole === true).toBe(false)
    }
  })
  await test.step('clean, and valid PDF/A-1b before the first and after the last signature', () => {
    expect(qpdfCheck(path)).toMatchObject({ clean: true })
    expect(preflight(join(folder, 'data/documents/1/frozen.pdf'))).toEqual([])
    expect(preflight(path)).toEqual([])
  })
  await test.step('tagged, in Japanese, A4, with outline and page numbers', () => {
    const info = run('pdfinfo', path)
    expect(info).toMatch(/^Tagged: +yes$/m)
    expect(info).toMatch(/^Page size: +59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)$/m)
    expect(info).toContain(`Title:           ${title}`)
    const pages = Number(/^Pages: +(\d+)$/m.exec(info)?.[1])
    expect(pages).toBeGreaterThan(1)
    for (let page = 1; page <= pages; page++) expect(run('pdftotext', '-f', String(page), '-l', String(page), path, '-')).toContain(`${page} / ${pages}`)
    const { outlines, objects } = JSON.parse(run('qpdf', '--json=1', path)) as { readonly outlines: readonly { readonly title: string }[]; readonly objects: Readonly<Record<string, unknown>> }
    expect(JSON.stringify(outlines)).toContain('第2')
    expect(Object.values(objects).find((object) => (object as { '/Type'?: string } | null)?.['/Type'] === '/Catalog')).toMatchObject({ '/Lang': expect.stringMatching(/^(u:)?ja\b/), '/MarkInfo': { '/Marked': true } })
  })
  await test.step('the pages look as approved', () => {
    const pages = comparePages(path, 'five-signatures', folders, { masks: masksOf(path) })
    for (const page of pages) expect(page.share, `page ${page.page}, see ${page.made}`).toBeLessThan(tolerated)
  })
})

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 })
}

/** Where the file ended after each signature, from the byte ranges in it. */
function signatureEnds(pdf: Buffer): readonly number[] {
  const ranges = [...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)]
  return ranges.map(([, , , start, length]) => Number(start) + Number(length)).toSorted((a, b) => a - b)
}

/** What differs from run to run: the ids, the day it was sent on its way, and the line of dates on the marks. */
function masksOf(path: string): readonly Mask[] {
  const words = [...run('pdftotext', '-f', '1', '-l', '1', '-bbox', path, '-').matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)]
  return words.flatMap(([, , yMin, xMax, yMax, word = '']): Mask[] => {
    const band = { page: 1, top: Number(yMin) - 2, bottom: Number(yMax) + 2 }
    if (['文書ID', '仮番号', '回付日'].includes(word)) return [{ ...band, left: Number(xMax) + 2, right: Number(xMax) + 180 }]
    return /^\d+\. ?\d+\. ?\d+$/.test(word) ? [{ ...band, left: 0, right: 600 }] : []
  })
}
