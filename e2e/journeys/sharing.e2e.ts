// Sharing: somebody from outside is given the documents of one collection, with a reason, a last day and a day on which it is looked at
// again, and sees those and no others, at a machine of their own.
import { formatWareki } from '@shared/base/wareki.ts'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { ReviewScreen } from '../screens/review-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { exchange, machinesOverFolder } from './machines.ts'
import { leave, people, pin, sendRound, sitDown } from './steps.ts'

const council = { head: '\u6FF5田 文江', clerk: '鈴木 茜', member: '菅野 春夫' }
const places = { general: '総務課の文書', council: '議会の文書', dx: 'デジタル変革戦略室の文書' }
const titles = { general: '除雪計画について', council: '定例会の日程について', dx: '庁内無線の更新について' }

async function found(host: Host): Promise<readonly string[]> {
  const frame = new FrameScreen(await host.page())
  const hits: string[] = []
  for (const words of ['除雪', '定例会', '庁内無線']) {
    await frame.search(words)
    hits.push(...(await frame.hits()))
  }
  return hits
}

test('4.11 P-04 P-05 an adviser from outside and a council member see exactly what they were given, at another machine, and each right says why and until when', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const { machines: [hall, outside] } = await machinesOverFolder(launchApp, [people.manager, council.member], [council.head, council.clerk, people.drafter, people.dxClerk, people.contractor])
  await leave(hall)
  await sendRound(hall, people.drafter, { title: titles.general, body: '次のとおりとする。' })
  await sendRound(hall, council.clerk, { title: titles.council, body: '次のとおりとする。' })
  await sendRound(hall, people.dxClerk, { title: titles.dx, body: '次のとおりとする。' })

  await sitDown(hall, people.manager)
  const hallPage = await hall.page()
  await new FrameScreen(hallPage).goTo('端末と信頼')
  await new TrustScreen(hallPage).openReview()
  const review = new ReviewScreen(hallPage)
  const [last, look] = [addDays(jstDate(Date.now()), 120), addDays(jstDate(Date.now()), 60)]
  await review.startGive({ person: council.member, place: places.council, role: '閲覧', reason: '議案の事前の説明', lastDay: formatWareki(last), nextReview: formatWareki(look) })
  const window = new ConsentScreen(await hall.consentPage())
  expect(await window.facts()).toMatchObject({ [`${council.member}（${places.council}）`]: `与える：閲覧、${formatWareki(last)} まで、次の点検 ${formatWareki(look)}`, '意見・理由': '議案の事前の説明' })
  await window.confirm(pin)
  await review.answered()
  await review.startGive({ person: people.contractor, place: places.general, role: '閲覧', reason: '除雪の委託' })
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await review.answered()
  await review.show('すべて')
  await review.narrow(council.member)
  const given = await review.row(`${council.member}（${places.council}・閲覧）`)
  for (const words of ['議案の事前の説明', formatWareki(last), formatWareki(look), 'この四半期に付与']) expect(given).toContain(words)
  await hallPage.screenshot({ path: test.info().outputPath('given.png') })
  await leave(hall)
  // The town's side does not read the council's documents: their keys are handed on by whoever answers for them.
  await sitDown(hall, council.head)
  await exchange([hall, outside])
  expect(await found(outside)).toEqual([])
  await leave(outside)

  await sitDown(outside, council.member)
  await exchange([outside])
  await expect.poll(() => found(outside)).toEqual([titles.council])
  await (await outside.page()).screenshot({ path: test.info().outputPath('member.png') })
  await leave(outside)
  await sitDown(outside, people.contractor)
  await exchange([outside])
  await expect.poll(() => found(outside)).toEqual([titles.general, titles.dx])
  await leave(outside)

  // Taken away, it ends on that machine too.
  await leave(hall)
  await sitDown(hall, people.manager)
  await new FrameScreen(hallPage).goTo('端末と信頼')
  await new TrustScreen(hallPage).openReview()
  await review.show('すべて')
  await review.narrow(people.contractor)
  await review.tick(`${people.contractor}（${places.general}・閲覧）`)
  await review.startRemove('委託の終了')
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await review.answered()
  await exchange([hall])
  await sitDown(outside, people.contractor)
  await exchange([outside])
  await leave(outside)
  await sitDown(outside, people.contractor)
  expect(await found(outside)).toEqual([titles.dx])
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})
