// A small text at an address of the web, such as a proxy script.

import { exchange, textOf, usualPatience, type Fetch } from './exchange.ts'

const patienceMs = 5_000
const largest = 1024 * 1024

/** Null where there is none: no answer in time, none with 200, too much, or no UTF-8. */
export async function readText(fetch: Fetch, address: string): Promise<string | null> {
  const answer = await exchange(fetch, { method: 'GET', url: address, headers: {}, most: largest }, AbortSignal.timeout(patienceMs), usualPatience).catch(() => null)
  return answer?.status === 200 ? textOf(answer) : null
}
