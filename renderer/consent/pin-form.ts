// The place where a PIN is typed: masked unless the person wants to see it, emptied after every try, and closed for as long
// as main says after wrong ones. It keeps nothing and decides nothing.
import type { ShownConsent } from '@shared/ipc/contract/consent.ts'
import { failureKey, type Say } from './consent-text.ts'
import { element } from './element.ts'

/** What became of a try: null = accepted, the window closes by itself. */
export interface Refusal {
  readonly type: string
  readonly waitMs: number
}

export interface PinForm {
  readonly root: HTMLFormElement
  /** The person may confirm once they can see what they confirm. */
  allow(): void
}

export function createPinForm(shown: ShownConsent, say: Say, confirm: (pin: string) => Promise<Refusal | null>, cancel: () => void): PinForm {
  const isNew = shown.asks === 'new-pin'
  const first = pinField(say(isNew ? 'consent.newPin' : 'consent.pin'), say(isNew ? 'consent.newPin.help' : 'consent.pin.help', { person: shown.person }), 'pin')
  const again = isNew ? pinField(say('consent.newPin.again'), '', 'pin-again') : null
  const fields = again ? [first, again] : [first]
  const reveal = element('button', { type: 'button', class: 'button button-quiet', 'aria-pressed': 'false' }, say('consent.pin.show'))
  const alert = element('p', { class: 'field-error', role: 'alert' })
  const submit = element('button', { type: 'submit', class: 'button button-strong consent-confirm' }, say(`consent.confirm.${shown.outcome}`))
  const stop = element('button', { type: 'button', class: 'button button-plain' }, say('consent.cancel'))
  const buttons = element('div', { class: 'consent-buttons' }, stop, submit)
  const root = element('form', { class: 'consent-form', novalidate: '' }, ...fields.map((field) => field.root), reveal, alert, buttons)
  let allowed = false
  let busy = false
  let waiting = 0

  function update(): void {
    submit.disabled = !allowed || busy || waiting > 0 || fields.some((field) => field.input.value === '')
    submit.textContent = say(busy ? 'consent.checking' : `consent.confirm.${shown.outcome}`)
  }
  function refuse(sentence: string): void {
    alert.textContent = sentence
    for (const { input } of fields) {
      input.value = ''
      input.setAttribute('aria-invalid', 'true')
    }
    first.input.focus()
    update()
  }
  function wait(sentence: string, seconds: number): void {
    waiting = seconds
    alert.textContent = seconds > 0 ? `${sentence} ${say('consent.wait', { seconds })}` : sentence
    update()
    if (seconds > 0) setTimeout(() => wait(sentence, seconds - 1), 1_000)
  }
  async function send(): Promise<void> {
    if (submit.disabled) return
    const pin = first.input.value
    if (again && again.input.value !== pin) return refuse(say('consent.newPin.differs'))
    busy = true
    update()
    const refusal = await confirm(pin)
    busy = false
    if (!refusal) return
    const sentence = say(failureKey(refusal.type))
    refuse(sentence)
    wait(sentence, Math.ceil(refusal.waitMs / 1_000))
  }

  reveal.addEventListener('click', () => {
    const visible = first.input.type === 'password'
    for (const { input } of fields) input.type = visible ? 'text' : 'password'
    reveal.setAttribute('aria-pressed', String(visible))
    reveal.textContent = say(visible ? 'consent.pin.hide' : 'consent.pin.show')
  })
  stop.addEventListener('click', cancel)
  root.addEventListener('input', update)
  root.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })
  update()
  return {
    root,
    allow() {
      allowed = true
      update()
    },
  }
}

function pinField(label: string, help: string, id: string): { readonly root: HTMLElement; readonly input: HTMLInputElement } {
  const input = element('input', { id, type: 'password', class: 'field-input', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}-help` })
  const root = element(
    'div',
    { class: 'field' },
    element('label', { class: 'field-label', for: id }, label),
    input,
    element('span', { id: `${id}-help`, class: 'field-help' }, help),
  )
  return { root, input }
}
