// The page's side of its vault worker: typed commands with one answer each, live queries until they are ended, news. It keeps no
// value and knows no table, key or event.

import type { Result } from '@shared/base/result.ts'
import type { FromVault, ToVault } from '../vault/rpc.ts'
import type { CommandFailure, VaultApi } from './vault-api.ts'
import type { JobState, Notice } from './view-models.ts'

/** A worker, as far as it is used. */
export interface VaultWorker {
  postMessage(message: ToVault): void
  hear(listener: (message: FromVault) => void): void
}

export function createVaultClient(worker: VaultWorker): VaultApi {
  const answers = new Map<number, (answer: Result<unknown, CommandFailure>) => void>()
  const watches = new Map<number, (value: unknown) => void>()
  const jobs = new Set<(job: JobState) => void>()
  const notices = new Set<(notice: Notice) => void>()
  // What was said before anybody listened (a rebuild at the start) is told to the first who does.
  let unheard: Notice[] = []
  let last = 0
  worker.hear((data) => {
    switch (data.kind) {
      case 'answer':
        answers.get(data.id)?.(data.answer)
        answers.delete(data.id)
        return
      case 'value':
        watches.get(data.id)?.(data.value)
        return
      case 'job':
        for (const hear of [...jobs]) hear(data.job)
        return
      case 'notice':
        if (notices.size === 0) unheard.push(data.notice)
        for (const hear of [...notices]) hear(data.notice)
    }
  })
  return {
    command(name, arg) {
      const id = ++last
      return new Promise((resolve) => {
        answers.set(id, resolve as (answer: Result<unknown, CommandFailure>) => void)
        worker.postMessage({ kind: 'command', id, name, arg })
      })
    },
    watch(name, arg, callback) {
      const id = ++last
      watches.set(id, callback as (value: unknown) => void)
      worker.postMessage({ kind: 'watch', id, name, arg })
      return () => {
        if (watches.delete(id)) worker.postMessage({ kind: 'unwatch', id })
      }
    },
    onJob(callback) {
      jobs.add(callback)
      return () => void jobs.delete(callback)
    },
    onNotice(callback) {
      notices.add(callback)
      for (const notice of unheard) callback(notice)
      unheard = []
      return () => void notices.delete(callback)
    },
  }
}
