// A script of the page's own kind: it has the page's worker and tells it what the page would tell it. For journeys in which somebody
// goes round the screens.
import { expect, type Page } from '@playwright/test'
import type { Result } from '@shared/base/result.ts'
import { FrameScreen } from '../screens/frame-screen.ts'

export interface Hostile {
  readonly fumibako: { call(channel: string, input: unknown): Promise<unknown> }
  worker?: Worker
  heard?: { kind: string; id: number; answer?: unknown; value?: unknown }[]
}

/** From now on the script has the page's own worker: it waits until the page next speaks to it. */
export async function takeWorker(page: Page): Promise<void> {
  await page.evaluate(() => {
    const script = window as unknown as Hostile
    const speak = Worker.prototype.postMessage as (this: Worker, ...args: unknown[]) => void
    Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
      const { kind } = (args[0] ?? {}) as { readonly kind?: string }
      // The pages have a worker of their own, which speaks differently.
      if (!script.worker && (kind === 'command' || kind === 'watch')) {
        script.worker = this
        script.heard = []
        this.addEventListener('message', ({ data }: MessageEvent) => script.heard?.push(data))
      }
      speak.apply(this, args)
    } as Worker['postMessage']
  })
  const frame = new FrameScreen(page)
  await frame.goTo('書庫')
  await page.waitForFunction(() => (window as unknown as Hostile).worker !== undefined)
}

/** Sends a message of the page's own kind to the worker and answers what comes back under that number. */
export function tellWorker(page: Page, id: number, message: { readonly kind: 'command' | 'watch'; readonly name: string; readonly arg: unknown }): Promise<unknown> {
  return page.evaluate(
    async ({ id, message }) => {
      const { worker, heard = [] } = window as unknown as Hostile
      const answer = new Promise<unknown>((resolve) => {
        worker?.addEventListener('message', ({ data }: MessageEvent<{ id?: number; answer?: unknown; value?: unknown }>) => {
          if (data.id === id) resolve(data.answer ?? data.value)
        })
      })
      worker?.postMessage({ ...message, id })
      return { answer: JSON.parse(JSON.stringify(await answer)) as unknown, heard: heard.length }.answer
    },
    { id, message },
  )
}

/** The id of the one document with that title. A command is heard once the vault has written down its own unlocking. */
export async function idOf(page: Page, query: string): Promise<string> {
  const found = (await tellWorker(page, 900_001, { kind: 'command', name: 'search', arg: { query } })) as Result<readonly { readonly document: { readonly id: string } }[]>
  expect(found).toMatchObject({ ok: true, value: [{}] })
  return found.ok ? (found.value[0]?.document.id ?? '') : ''
}
