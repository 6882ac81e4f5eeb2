// The other machines of the town as people know them: whose they are, and when each was last heard of.

import type { Text } from '../text/translate.ts'
import type { SyncState } from './session-api.ts'
import type { MachineRow } from './view-models.ts'

export interface HeardMachine {
  readonly device: string
  readonly people: readonly string[]
  /** Milliseconds since 1970 UTC, by that machine's own clock. */
  readonly at: number
  /** Not for a whole day before the storage was last read. */
  readonly silent: boolean
}

/** A machine that is switched on says so every four hours. */
const silentMs = 24 * 60 * 60 * 1000

/** Longest unheard first. Machines of which every seat was taken away are nobody's. */
export function heardMachines(state: SyncState, known: readonly MachineRow[]): readonly HeardMachine[] {
  const now = state.completeAt ?? 0
  const rows = state.machines.flatMap(({ device, at }): HeardMachine[] => {
    const people = known.find((machine) => machine.device === device)?.people
    return people ? [{ device, people, at, silent: now - at > silentMs }] : []
  })
  return rows.sort((a, b) => a.at - b.at || (a.device < b.device ? -1 : 1))
}

/** 鈴木さん・佐藤さん. */
export function namesInWords(text: Text, people: readonly string[]): string {
  return people.map((name) => text('reach.person', { name })).join(text('reach.join'))
}
