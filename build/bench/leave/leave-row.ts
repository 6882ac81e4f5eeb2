// Row: from the moment in which somebody's account is disabled at the provider, as far as the app can help it, to the locked seat. It asks
// every quarter of an hour; measured is what follows when it asks, against the bare question to the same provider.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startOidcProvider } from '../../../e2e/servers/oidc-provider.ts'
import { refreshEveryMs } from '../../../electron/main/services/sign-in-service.ts'
import type { Row, Run } from '../row.ts'
import { startStopwatch } from '../stopwatch.ts'
import { openSignedIn } from './signed-in.ts'

const run = promisify(execFile)
const account = 'yamada'

export const leaveRow: Row = {
  name: 'leave',
  product: 'from the provider’s refusal of a refresh to the locked seat with its keys dropped (main’s services in Node; asked every 15 minutes)',
  peer: 'curl asks the same provider for a refresh that it refuses',
  async prepare() {
    const provider = await startOidcProvider()
    const folder = mkdtempSync(join(tmpdir(), 'fumibako-leave-'))
    const seat = await openSignedIn(folder, provider, account)
    return {
      facts: { everyMinutes: refreshEveryMs / 60_000 },
      async product(): Promise<Run> {
        provider.account(account).disabled = false
        await seat.signIn()
        provider.account(account).disabled = true
        const watch = startStopwatch()
        await watch.time('refused and locked', () => seat.untilLocked())
        return watch.stop()
      },
      async peer(): Promise<Run> {
        const watch = startStopwatch()
        await watch.time('refused', async () => {
          const { stdout } = await run('curl', ['-s', '-d', `grant_type=refresh_token&client_id=${provider.clientId}&refresh_token=none`, `${provider.issuer}/token`])
          if (!stdout.includes('invalid_grant')) throw new Error('the provider did not refuse')
        })
        return watch.stop()
      },
      async close() {
        await seat.close()
        await provider.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
