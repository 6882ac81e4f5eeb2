// A proxy script (PAC, "proxy auto-config"): fetched straight from the place that was entered, kept for an hour, and asked anew for every
// address. It is a program of others: the caller's evaluator runs it where it reaches nothing.

import type { Clock } from '@shared/base/ports.ts'

export interface ProxyScriptDeps {
  /** Straight: the way to the script cannot be learnt from it. */
  readonly readText: (address: string) => Promise<string | null>
  readonly clock: Clock
  /** What the script says of an address: `PROXY host:port; DIRECT`. */
  readonly evaluate: (script: string, url: URL) => Promise<string>
}

export interface ProxyScripts {
  /** Null where there is no script there, and none was before. */
  answerFor(address: string, url: URL): Promise<string | null>
}

const lastsMs = 60 * 60 * 1000

export function createProxyScripts({ readText, clock, evaluate }: ProxyScriptDeps): ProxyScripts {
  let kept: { readonly address: string; readonly script: string; readonly at: number } | null = null
  const read = async (address: string): Promise<string | null> => {
    const text = await readText(address)
    return text?.includes('FindProxyForURL') ? text : null
  }
  return {
    async answerFor(address, url) {
      if (kept?.address !== address || clock.now() - kept.at >= lastsMs) {
        const script = await read(address)
        // One that cannot be fetched anew holds on.
        if (script !== null || kept?.address === address) kept = { address, script: script ?? kept?.script ?? '', at: clock.now() }
      }
      return kept?.address === address ? evaluate(kept.script, url) : null
    },
  }
}

/** Null for what is no address of a script. */
export function scriptAddress(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null
  return url && /^https?:$/.test(url.protocol) && url.username + url.password + url.hash === '' ? url.href : null
}
