// The consent window's page: what will happen, to what, in whose name, and the PIN that lets it happen. It shows what main
// gave it and nothing else; it cannot be reached from the main page. Nothing can be confirmed before it has been shown.
import { formatWareki } from '@shared/base/wareki.ts'
import { contract } from '@shared/ipc/contract.ts'
import type { ShownConsent } from '@shared/ipc/contract/consent.ts'
import type { Bridge } from '@shared/ipc/bridge.ts'
import { createClient } from '@shared/ipc/client.ts'
import { changeWords, createSay, doubtKey, grantWords, type Say } from './consent-text.ts'
import { element } from './element.ts'
import { drawPages } from './pages.ts'
import { createPinForm, type PinForm, type Refusal } from './pin-form.ts'
import './consent.css'

const bridge = (window as unknown as { readonly fumibako: Pick<Bridge, 'call'> }).fumibako
const { consent } = createClient(contract, 'consent', bridge.call)

async function start(): Promise<void> {
  const answer = await consent.shown({})
  if (!answer.ok) throw new Error(`defect: nothing to show (${answer.error.type})`)
  const shown = answer.value
  const say = createSay(shown.language)
  document.documentElement.lang = shown.language
  document.title = `${say('consent.window')}: ${say(`consent.outcome.${shown.outcome}`)}`
  followTheme()
  const cancel = (): void => void consent.cancel({})
  const form = createPinForm(shown, say, confirm, cancel)
  const frame = element('div', { class: 'consent-pages', tabindex: '0', role: 'group', 'aria-label': say('consent.pages') })
  document.body.replaceChildren(...layout(shown, say, form, frame))
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) cancel()
  })
  document.getElementById('pin')?.focus()
  await showPages(shown, say, frame, form)
}

async function confirm(pin: string): Promise<Refusal | null> {
  const answer = await consent.confirm({ pin })
  if (answer.ok) return null
  return { type: answer.error.type, waitMs: 'waitMs' in answer.error ? answer.error.waitMs : 0 }
}

function layout(shown: ShownConsent, say: Say, form: PinForm, frame: HTMLElement): readonly HTMLElement[] {
  const facts = element('dl', { class: 'consent-facts' })
  const add = (label: string, value: string): void => facts.append(element('dt', {}, label), element('dd', {}, value))
  if (shown.title !== '') add(say('consent.subject'), shown.title)
  add(say('consent.actor'), [shown.actingAs, shown.person].filter((part) => part !== '').join(' '))
  if (shown.words) add(say('consent.words'), shown.words[shown.language].join(shown.language === 'ja' ? '　' : ' '))
  if (shown.collection) {
    add(say('consent.collection.name'), shown.language === 'ja' ? shown.collection.name : shown.collection.nameEn)
    add(say('consent.collection.kind'), say(`consent.collection.${shown.collection.kind}`))
    add(say('consent.collection.purpose'), shown.collection.purpose)
  }
  for (const change of shown.grants ?? []) add(...grantWords(change, shown.language, say))
  for (const change of shown.changes ?? []) add(...changeWords(change, say, shown.language))
  if (shown.lift) add(say('consent.lift'), say('consent.lift.value', { ...shown.lift }))
  if (shown.absence) {
    const { position, acting, from, to } = shown.absence
    const day = (date: string): string => (shown.language === 'ja' ? formatWareki(date) : date)
    add(say('consent.absence.who'), position)
    add(say('consent.absence.days'), say('consent.absence.fromTo', { from: day(from), to: day(to) }))
    add(say('consent.absence.acting'), acting ?? say('consent.absence.nobody'))
  }
  if (shown.markDate !== undefined) add(say('consent.markDate'), shown.language === 'ja' ? formatWareki(shown.markDate) : shown.markDate)
  for (const code of shown.doubts ?? []) add(say('consent.doubt'), say(doubtKey(code)))
  if (shown.comment !== '') add(say('consent.comment'), shown.comment)
  for (const { label, value } of shown.facts) add(label, value)
  if (shown.pdfSha256 !== null) facts.append(element('dt', {}, say('consent.hash')), element('dd', { class: 'consent-hash' }, shown.pdfSha256))
  const words = element(
    'section',
    { class: `consent-words consent-${shown.outcome}` },
    element(
      'div',
      { class: 'consent-told', tabindex: '0', role: 'group', 'aria-label': say('consent.window') },
      element('h1', {}, say(`consent.outcome.${shown.outcome}`)),
      element('p', {}, say(`consent.effect.${shown.outcome}`)),
      ...warnings(shown, say),
      facts,
    ),
    form.root,
  )
  const main = element('main', { class: shown.pdf ? 'consent' : 'consent consent-narrow' }, ...(shown.pdf ? [frame] : []), words)
  return shown.practice ? [element('header', { class: 'consent-practice' }, say('consent.practice')), main] : [main]
}

function warnings(shown: ShownConsent, say: Say): readonly HTMLElement[] {
  if (shown.warnings.length === 0) return []
  const list = element('ul', {}, ...shown.warnings.map((warning) => element('li', {}, warning)))
  return [element('section', { class: 'consent-warnings', 'aria-label': say('consent.warnings') }, element('h2', {}, say('consent.warnings')), list)]
}

async function showPages(shown: ShownConsent, say: Say, frame: HTMLElement, form: PinForm): Promise<void> {
  if (!shown.pdf) return form.allow()
  frame.replaceChildren(element('p', { class: 'consent-note', role: 'status' }, say('consent.pages.loading')))
  try {
    await drawPages(shown.pdf, frame, say)
    form.allow()
  } catch {
    // Whatever is wrong with the file: what cannot be seen is not confirmed.
    frame.replaceChildren(element('p', { class: 'consent-note', role: 'alert' }, say('consent.pages.broken')))
  }
}

function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light'
  }
  apply()
  dark.addEventListener('change', apply)
}

void start()
