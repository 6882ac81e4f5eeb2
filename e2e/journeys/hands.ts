// What people do with their hands in a journey, counted in the pages themselves: presses, and letters typed. From that, how long it takes
// them (Card, Moran and Newell, The Keystroke-Level Model, 1980): pointing, pressing and thinking before each press, an average typist.
import type { Page } from '@playwright/test'

interface Counted {
  presses: number
  letters: number
}

const [secondsOfPress, secondsOfLetter] = [1.1 + 0.2 + 1.35, 0.28]

export interface Hands {
  /** Does something in a page that is not loaded anew meanwhile, and counts it. */
  in<T>(page: Page, act: () => Promise<T>): Promise<T>
  /** What is no press and no letter: a call, a look at a paper. */
  spends(seconds: number): void
  told(): { readonly presses: number; readonly letters: number; readonly seconds: number }
}

export function countHands(): Hands {
  const all: Counted = { presses: 0, letters: 0 }
  let more = 0
  return {
    async in(page, act) {
      await page.evaluate(watch)
      const value = await act()
      const { presses, letters } = await page.evaluate(read)
      all.presses += presses
      all.letters += letters
      return value
    },
    spends: (seconds) => void (more += seconds),
    told: () => ({ ...all, seconds: Math.round(all.presses * secondsOfPress + all.letters * secondsOfLetter + more) }),
  }
}

interface Watching extends Window {
  handsCounted?: Counted
}

/** Runs in the page. A field that is filled at once counts as if every letter of it were typed. */
function watch(): void {
  const page = window as Watching
  if (page.handsCounted) {
    page.handsCounted = { presses: 0, letters: 0 }
    return
  }
  page.handsCounted = { presses: 0, letters: 0 }
  const before = new WeakMap<EventTarget, number>()
  const counted = (): Counted => page.handsCounted ?? { presses: 0, letters: 0 }
  page.addEventListener('pointerdown', () => void (counted().presses += 1), true)
  page.addEventListener('input', ({ target }) => {
    if (!target) return
    const letters = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value.length : ((target as HTMLElement).textContent ?? '').length
    counted().letters += Math.max(1, letters - (before.get(target) ?? 0))
    before.set(target, letters)
  }, true)
}

/** Runs in the page. */
function read(): Counted {
  return (window as Watching).handsCounted ?? { presses: 0, letters: 0 }
}
