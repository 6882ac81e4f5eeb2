// From a submission to its unsigned pages: the form as HTML, printed by main, composed once with its fields and fonts. It decides
// what stands on the sheet from data alone; how it looks is the form's own affair.

import { inForce } from '@shared/base/in-force.ts'
import { ok, type Result } from '@shared/base/result.ts'
import type { FormDefinition } from '@shared/authority/model.ts'
import { parseBody, type Body } from '@shared/document/body.ts'
import { coverText, derivedCover, type CoverWords } from '@shared/document/cover.ts'
import type { CoverValue } from '@shared/document/events.ts'
import type { Setting } from '@shared/document/html-text.ts'
import { outgoingCopy, type OutgoingCopyInput } from '@shared/document/outgoing-copy.ts'
import { printForm } from '@shared/document/print-form.ts'
import { senderLine } from '@shared/document/route.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { Submission } from '@shared/flow/draft.ts'
import { classificationPath } from '@shared/filing/register.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { composeFrozen, type FrozenInput } from '@shared/pdf/compose-frozen.ts'
import { chooseSetting, fontCoverage, type FontCoverage } from '@shared/pdf/font-coverage.ts'
import { readMarkFace, type MarkFace } from '@shared/pdf/mark-face.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { practiceWatermark, printLabels, raisedRemark } from '../text/print.ts'
import { actingOf } from './acting.ts'
import type { VaultCore } from './core.ts'
import { failed, failedBy } from './failure.ts'
import type { Surroundings } from './ports.ts'
import { formOf } from './views/document-view.ts'
import { namesOf } from './views/names.ts'
import { provisionalNumber } from './views/summary.ts'

const files = {
  mincho: 'BIZUDMincho_400Regular.ttf',
  minchoBold: 'BIZUDMincho_700Bold.ttf',
  gothic: 'BIZUDPGothic_400Regular.ttf',
  gothicBold: 'BIZUDPGothic_700Bold.ttf',
  noto: 'NotoSansJP_400Regular.ttf',
  notoBold: 'NotoSansJP_700Bold.ttf',
  mark: 'BIZUDGothic_400Regular.ttf',
} as const

const printFonts = {
  text: ['BIZ UDMincho', 'Noto Sans JP'],
  heading: ['BIZ UDPGothic', 'Noto Sans JP'],
  faces: [
    { family: 'BIZ UDMincho', url: fontUrl(files.mincho), weight: 'normal' },
    { family: 'BIZ UDMincho', url: fontUrl(files.minchoBold), weight: 'bold' },
    { family: 'BIZ UDPGothic', url: fontUrl(files.gothic), weight: 'normal' },
    { family: 'BIZ UDPGothic', url: fontUrl(files.gothicBold), weight: 'bold' },
    { family: 'Noto Sans JP', url: fontUrl(files.noto), weight: 'normal' },
    { family: 'Noto Sans JP', url: fontUrl(files.notoBold), weight: 'bold' },
  ],
} as const

function fontUrl(file: string): string {
  return `app://print/fonts/${file}`
}

function baseFonts(): string[] {
  return printFonts.faces.map(({ url }) => url.slice(url.lastIndexOf('/') + 1))
}

export interface Look {
  readonly fonts: typeof printFonts
  readonly settingOf: (cluster: string) => Setting
}

export interface Pages {
  /** The pages as frozen: PDF/A, all fields, no signature. `body` is the editor's JSON. */
  compose(state: DocumentState, submission: Submission, body: unknown): Promise<Result<Uint8Array, CommandFailure>>
  /** 施行文: the copy that goes out, with its number. */
  copy(input: OutgoingCopyInput): Promise<Result<Uint8Array, CommandFailure>>
  /** Pages of our own that are signed once, frozen like a document's: `html` is told how they look. */
  report(html: (look: Look) => string, title: string): Promise<Result<Uint8Array, CommandFailure>>
  /** What would stand on the pages as a boxed code, in the order of the sheet, because no font has it. */
  boxed(state: DocumentState, submission: Submission, body: unknown): Promise<Result<readonly string[], CommandFailure>>
}

export function createPages(core: VaultCore): Pages {
  const { around } = core
  let fonts: Promise<Fonts> | null = null
  return {
    async compose(state, submission, body) {
      const parsed = parseBody(body)
      if (!parsed.ok) return failedBy(parsed.error)
      fonts ??= readFonts(around)
      const { settingOf, faces } = await fonts
      const author = state.drafter ? namesOf(core.authority()).person(state.drafter.person) : ''
      return freeze(core, sheet(core, state, submission, parsed.value, settingOf), { title: titleIn(submission), documentId: state.id, author, fonts: faces })
    },
    async report(html, title) {
      fonts ??= readFonts(around)
      const { settingOf, faces } = await fonts
      return freeze(core, html({ fonts: printFonts, settingOf }), { title, documentId: '', author: namesOf(core.authority()).person(core.seat.person), fonts: faces })
    },
    async copy(input) {
      fonts ??= readFonts(around)
      const { settingOf } = await fonts
      const printed = await around.host.print.render({ html: outgoingCopy(input, { fonts: printFonts, settingOf }), baseFonts: baseFonts() })
      return printed.ok ? ok(printed.value.pdf) : failedBy(printed.error)
    },
    async boxed(state, submission, body) {
      const parsed = parseBody(body)
      if (!parsed.ok) return failedBy(parsed.error)
      fonts ??= readFonts(around)
      const { settingOf } = await fonts
      const found = new Set<string>()
      sheet(core, state, submission, parsed.value, (cluster) => {
        const setting = settingOf(cluster)
        if (setting === 'boxed') found.add(cluster)
        return setting
      })
      return ok([...found])
    },
  }
}

async function freeze(core: VaultCore, html: string, what: Pick<FrozenInput, 'title' | 'documentId' | 'author' | 'fonts'>): Promise<Result<Uint8Array, CommandFailure>> {
  const { around } = core
  const printed = await around.host.print.render({ html, baseFonts: baseFonts() })
  if (!printed.ok) return failedBy(printed.error)
  const { pdf, boxes } = printed.value
  try {
    const frozen = await composeFrozen({
      printed: pdf,
      createdAt: new Date(around.clock.now()).toISOString(),
      boxes: boxes.map(({ name, page, rect: { x, y, width, height } }) => ({ name, page, rect: [x, y, x + width, y + height] as const })),
      markText: markText(core.authority()),
      ...what,
      ...(core.seat.kind === 'practice' ? { watermark: practiceWatermark } : {}),
    })
    return ok(frozen)
  } catch {
    return failed('PagesUnreadable', 'later')
  }
}

/** Megabytes, so read once for all documents. */
interface Fonts {
  /** Of the sheet: both stacks (running text, headings in both weights) and the families that may be named for one character. */
  readonly settingOf: (cluster: string) => Setting
  /** What marks are drawn with. */
  readonly faces: FrozenInput['fonts']
}

async function readFonts({ font }: Surroundings): Promise<Fonts> {
  const read = async (file: string): Promise<FontCoverage> => fontCoverage(await font(file))
  const face = async (file: string): Promise<MarkFace> => readMarkFace(await font(file))
  const [mincho, minchoBold, gothic, gothicBold, fallback, notoBold, primary] = await Promise.all([
    read(files.mincho), read(files.minchoBold), read(files.gothic), read(files.gothicBold), face(files.noto), read(files.notoBold), face(files.mark),
  ])
  const noto = fallback.coverage
  const stacks = [[mincho, noto], [gothic, noto], [gothicBold, notoBold]]
  const families = [{ family: 'BIZ UDMincho', weights: [mincho, minchoBold] }, { family: 'BIZ UDPGothic', weights: [gothic, gothicBold] }, { family: 'Noto Sans JP', weights: [noto, notoBold] }]
  return { settingOf: (cluster) => chooseSetting(stacks, families, cluster), faces: { primary, fallback } }
}

/** Whoever may ever sign here: the surnames and titles of the town. */
function markText({ people, positions }: AuthorityState): string {
  return [...[...people.values()].map(({ familyName }) => familyName), ...[...positions.values()].map(({ title }) => title)].join('')
}

function titleIn({ cover }: Submission): string {
  const title = cover['title']
  return typeof title === 'string' ? title : ''
}

function sheet(core: VaultCore, state: DocumentState, submission: Submission, body: Body, settingOf: (cluster: string) => Setting): string {
  const authority = core.authority()
  const { cover, attachments, route } = submission
  const form = formOf(core, state)
  const words = coverWords(core)
  return printForm({
    labels: printLabels,
    townName: authority.town?.name ?? '',
    title: titleIn(submission),
    form,
    cover: route.decisionClass === '' ? cover : { ...cover, decisionClass: route.decisionClass },
    remarks: raisedRemarks(form, submission, words),
    derived: derivedText(core, state, submission),
    words,
    steps: route.steps,
    body,
    attachments,
    image: () => null,
    fonts: printFonts,
    settingOf,
  })
}

/** Where flags raised the decision class: from which, and because of which. */
function raisedRemarks(form: FormDefinition, { cover, route }: Submission, words: CoverWords): Readonly<Record<string, string>> {
  if (route.forcedBy.length === 0) return {}
  const said = (id: string, value: CoverValue): string => {
    const field = form.fields.find((candidate) => candidate.id === id)
    return field ? coverText(field, value, words) : String(value)
  }
  return { decisionClass: raisedRemark(said('decisionClass', cover['decisionClass'] ?? ''), route.forcedBy.map((flag) => said('flags', flag))) }
}

/** The titles, paths and periods that stored ids stand for, by the rules of today. */
function coverWords(core: VaultCore): CoverWords {
  const authority = core.authority()
  const schedule = inForce(authority.schedules.values(), core.today())
  return {
    position: namesOf(authority).position,
    classNode: (code) => classificationPath(code, schedule?.nodes ?? []),
    retention: (id) => schedule?.classes.find((candidate) => candidate.id === id)?.label ?? id,
  }
}

function derivedText(core: VaultCore, state: DocumentState, { cover, attachments, route, position }: Submission): Readonly<Record<string, string>> {
  const { authority, rules, date } = actingOf(core)
  const person = authority.people.get(state.drafter?.person ?? core.seat.person)
  const held = authority.positions.get(position)
  if (!person || !held || !rules) return { documentId: state.id, provisionalNumber: provisionalNumber(state.id) }
  const sender = senderLine({ table: rules.table, appointments: rules.appointments, people: [...authority.people.values()], date, mayorTitle: authority.town?.mayorTitle ?? '' })
  const draftedOn = cover['draftedOn']
  return derivedCover({
    documentId: state.id,
    provisionalNumber: provisionalNumber(state.id),
    drafter: { person, position: held },
    sections: [...authority.sections.values()],
    positions: rules.positions,
    steps: route.steps,
    decisionClass: route.decisionClass,
    table: rules.table,
    ...(sender.ok ? { sender: sender.value } : {}),
    ...(typeof draftedOn === 'string' ? { draftedOn } : {}),
    submittedAt: new Date(core.around.clock.now()).toISOString(),
    attachments,
  })
}
