// What a page itself remembers about when it was there: read afterwards, so that watching costs the start nothing. All times
// are milliseconds since the epoch.

import type { Page } from '@playwright/test'

/** When the page began, and when its document was complete. */
export async function documentTimes(page: Page): Promise<{ readonly began: number; readonly ready: number }> {
  await page.waitForLoadState('domcontentloaded')
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (!navigation) throw new Error('no navigation')
    return { began: performance.timeOrigin, ready: performance.timeOrigin + navigation.domContentLoadedEventEnd }
  })
}

/** When the largest thing on the page was last painted: of a page that has come to rest and was not touched yet. */
export async function lastPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(performance.timeOrigin + Math.max(...list.getEntries().map(({ startTime }) => startTime)))).observe({ type: 'largest-contentful-paint', buffered: true })
      }),
  )
}

export interface DeskTimes {
  /** The PIN was sent. */
  readonly asked: number
  /** The seat was open and the unlock screen gone. */
  readonly opened: number
  /** The frame after the desk showed the title looked for. */
  readonly shown: number
}

/** Begin before unlocking: watches the page from within until a text is on it. */
export async function watchForDesk(page: Page, title: string): Promise<DeskTimes> {
  return page.evaluate(
    (text) =>
      new Promise<{ asked: number; opened: number; shown: number }>((resolve) => {
        const now = (): number => performance.timeOrigin + performance.now()
        let asked = 0
        let opened = 0
        document.addEventListener('submit', () => void (asked = now()), { capture: true, once: true })
        const observer = new MutationObserver(() => {
          if (asked > 0 && opened === 0 && !document.querySelector('form')?.querySelector('input[type=password]')) opened = now()
          if (opened === 0 || !document.body.textContent?.includes(text)) return
          observer.disconnect()
          requestAnimationFrame(() => requestAnimationFrame(() => resolve({ asked, opened, shown: now() })))
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    title,
  )
}
