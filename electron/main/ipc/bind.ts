// Binds the table to ipcMain: one handler per channel of the audience, each behind the trusted-sender check.
// It is the only place that touches ipcMain, so no channel of the table can be without the check.
import { ipcMain } from 'electron'
import { err } from '@shared/base/result.ts'
import { namesFor, type Audience, type BadRequest, type Table } from '@shared/ipc/define.ts'
import type { Serve } from '@shared/ipc/serve.ts'
import type { Log } from '../ports.ts'
import { isTrustedSender } from './trusted-sender.ts'

export interface Binding {
  readonly table: Table
  readonly audience: Audience
  readonly serve: Serve
  readonly origin: string
  readonly contentsId: () => number | null
  readonly log: Log
}

export function bindIpc({ table, audience, serve, origin, contentsId, log }: Binding): void {
  for (const channel of namesFor(table, audience)) {
    ipcMain.handle(channel, (event, input: unknown) => {
      if (isTrustedSender(event, origin, contentsId)) return serve(channel, input)
      log.note('ipc.untrusted', { channel })
      return err<BadRequest>({ type: 'BadRequest', retry: 'never', channel: 'unknown' })
    })
  }
}
