// Takes pictures of windows, numbered in the order in which they were taken.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

export interface Camera {
  /** Writes NN-name.png. */
  take(page: Page, name: string): Promise<void>
}

export function createCamera(folder: string): Camera {
  mkdirSync(folder, { recursive: true })
  let taken = 0
  return {
    async take(page, name) {
      taken += 1
      await page.evaluate(scrollUp)
      await page.screenshot({ path: join(folder, `${String(taken).padStart(2, '0')}-${name}.png`), animations: 'disabled' })
    },
  }
}

/** Runs in the page: every part that was scrolled shows its beginning. */
function scrollUp(): void {
  for (const element of document.querySelectorAll('*')) if (element.scrollTop > 0) element.scrollTop = 0
}
