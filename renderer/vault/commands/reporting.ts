// The evidence of a review: the campaign of a quarter as pages that whoever makes it signs, and as a table. That it was made is an act
// of collection zero, which names both by their hash and is written before anything leaves.

import { reportField, reviewCsv, reviewReport } from '@shared/archive/review-report.ts'
import type { PackageFile } from '@shared/archive/ports.ts'
import { campaignOf } from '@shared/authority/campaign.ts'
import { isAdmin, positionsOf } from '@shared/authority/ask.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { ok } from '@shared/base/result.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { collectionZero } from '@shared/log/names.ts'
import { derToPem } from '@shared/signing/pem.ts'
import { consentWords } from '../../text/consent.ts'
import { formatFiscalYear } from '../../text/dates.ts'
import { reportLabels } from '../../text/print.ts'
import { failed, notAllowed } from '../failure.ts'
import { titleOfHandle } from '../views/handle-title.ts'
import { namesOf } from '../views/names.ts'
import { quarterBack } from '../views/review-view.ts'
import { act } from './administering.ts'
import type { Command } from './context.ts'
import { writeSignedReport } from './signed-report.ts'

export const reportReview: Command<'reportReview'> = async (context, { back }) => {
  const { core, pages } = context
  const authority = core.authority()
  const date = core.today()
  const { root } = authority
  if (!isAdmin(authority, core.seat.person, date)) return failed('RightNotYours')
  if (!root) return failed('RootMissing')
  const quarter = quarterBack(date, back)
  const campaign = campaignOf(authority, quarter, date, await context.uses.whole())
  const report = { campaign, names: { ...namesOf(authority), document: (handle: string) => titleOfHandle(core, handle) }, labels: reportLabels, townName: authority.town?.name ?? '', date }
  const table = utf8ToBytes(reviewCsv(report))
  const hash = sha256Hex(table)
  const title = consentWords.ja.reviewReport(formatFiscalYear('ja', quarter.fiscalYear), quarter.n)
  const pdf = await pages.report((look) => reviewReport(report, hash, look), title)
  if (!pdf.ok) return pdf
  const position = positionsOf(authority, core.seat.person, date)[0]?.id ?? null
  const events = await core.build(collectionZero, [{ ...act('review.report', { from: quarter.from, to: campaign.date, revision: sha256Hex(pdf.value), table: hash }), position }])
  const reasons = await core.judge(collectionZero, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const language = context.language()
  const words = consentWords[language]
  return writeSignedReport(core, {
    events,
    title: words.reviewReport(formatFiscalYear(language, quarter.fiscalYear), quarter.n),
    table: { label: words.reviewTable, value: hash },
    pages: pdf.value,
    field: reportField,
    name: `fumibako-review-${quarter.fiscalYear}-q${quarter.n}-${date}-${hash.slice(0, 8)}`,
    files: async (signed) => ok(files([['review.pdf', signed], ['rights.csv', table], ['root.pem', utf8ToBytes(derToPem('CERTIFICATE', root.certificate))]])),
  })
}

async function* files(all: readonly (readonly [path: string, bytes: Uint8Array])[]): AsyncGenerator<PackageFile, void, undefined> {
  for (const [path, bytes] of all) yield { path, chunks: [bytes] }
}
