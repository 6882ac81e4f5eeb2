// Speaks through the bridge of a page as a script running in it would.
import type { Page } from '@playwright/test'

interface Bridge {
  call(channel: string, input: unknown): Promise<unknown>
}

/** The answer, or the message of the refusal. */
export function callBridge(page: Page, channel: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ({ channel, input }) => (window as unknown as { fumibako: Bridge }).fumibako.call(channel, input).catch((error: Error) => error.message),
    { channel, input },
  )
}
