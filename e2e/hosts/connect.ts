// Asks the debugging port of an application for its pages.
import { chromium, type Browser } from '@playwright/test'

const patience = 20_000

/** A debugging port that was asked while the first window was still being made can leave the question unanswered: it is asked anew. */
export async function connect(address: string, tries = 4): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(address, { timeout: patience })
  } catch (error) {
    if (tries <= 1) throw error
    return connect(address, tries - 1)
  }
}
