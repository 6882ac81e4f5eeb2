// Stands in for the page's start-up code: takes the vault's port before the app does, with a debugger's power that no page
// has. What travels over it is the product's own table.
import type { Page } from '@playwright/test'
import type { Result } from '@shared/base/result.ts'

interface Taken {
  readonly taken: MessagePort[]
  readonly answers: Map<number, (answer: unknown) => void>
}

/** From the next load on, ports go to the test and not to the app. Loads the page anew and waits for the port. */
export async function takeVaultPort(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const held: Taken = { taken: [], answers: new Map() }
    Object.assign(window, { held })
    window.addEventListener('message', (event) => {
      const [port] = event.ports
      if (!port) return
      event.stopImmediatePropagation()
      held.taken.push(port)
      port.onmessage = ({ data }: MessageEvent<{ id?: number; answer?: unknown }>) => {
        if (data.id !== undefined) held.answers.get(data.id)?.(data.answer)
      }
    })
  })
  // Also while the first load is under way: its port must not be taken for this one's.
  await page.reload()
  await page.waitForFunction(() => (window as unknown as { held?: Taken }).held?.taken.length === 1)
}

/** How many ports came in this load. */
export function portsTaken(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { held: Taken }).held.taken.length)
}

/** One call over the port. Bytes in the answer come back as arrays of numbers. */
export function callVault(page: Page, channel: string, input: unknown): Promise<Result<unknown>> {
  return page.evaluate(
    async ({ channel, input }) => {
      const { taken, answers } = (window as unknown as { held: Taken }).held
      const id = answers.size + 1
      const answer = await new Promise<unknown>((resolve) => {
        answers.set(id, resolve)
        taken[0]?.postMessage({ id, channel, input })
      })
      const plain = JSON.stringify(answer, (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value))
      return JSON.parse(plain) as never
    },
    { channel, input },
  )
}
