// Asks the debugging port of an application for its pages.
import { chromium, type Browser } from '@playwright/test'
import { until } from '../servers/loopback.ts'

const patience = 20_000

/**
 * A debugging port that is asked while the first window is still being made can leave the question unanswered, or answer and never tell of
 * that window: its list is read until the window stands in it, and what stays unanswered all the same is asked anew.
 */
export async function connect(address: string, tries = 4): Promise<Browser> {
  await until(() => listsWindow(address), patience, 'the first window')
  try {
    return await chromium.connectOverCDP(address, { timeout: patience })
  } catch (error) {
    if (tries <= 1) throw error
    return connect(address, tries - 1)
  }
}

async function listsWindow(address: string): Promise<boolean> {
  const listed: unknown = await (await fetch(`http://${new URL(address).host}/json/list`, { signal: AbortSignal.timeout(2_000) })).json()
  return Array.isArray(listed) && listed.some((target: { readonly type?: unknown; readonly url?: unknown }) => target.type === 'page' && typeof target.url === 'string' && /^(?!about:)./.test(target.url))
}
