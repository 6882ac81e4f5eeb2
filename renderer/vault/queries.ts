// The live queries by name. Each answers from the register in memory; only a document's history reads its events. Lists also show what
// snapshots say of records that are still coming; nothing else does.

import type { VaultQueries } from '../services/vault-api.ts'
import { createActStates } from './act-states.ts'
import type { Notice, VaultCore } from './core.ts'
import type { Answer, QueryName } from './live.ts'
import type { AuditLog } from './audit-log.ts'
import { offlineView } from './offline.ts'
import type { Snapshots } from './snapshots.ts'
import type { RightUses } from './uses.ts'
import { absencesView } from './views/absences-view.ts'
import { auditView } from './views/audit-view.ts'
import { cabinetView, registerView, volumeView } from './views/cabinet-view.ts'
import { couldReadView } from './views/could-read.ts'
import { deviceRulesView } from './views/device-rules-view.ts'
import { deskView } from './views/desk-view.ts'
import { withEarlier } from './views/earlier-files.ts'
import { documentView } from './views/document-view.ts'
import { brakeView } from './views/brake-view.ts'
import { heldView } from './views/held-view.ts'
import { leasesView } from './views/leases-view.ts'
import { reconcileView } from './views/reconcile-view.ts'
import { numbersView } from './views/numbers-view.ts'
import { reviewView } from './views/review-view.ts'
import { townView } from './views/town-view.ts'
import { trustView } from './views/trust-view.ts'

type Queries = { readonly [K in QueryName]: (arg: VaultQueries[K]['arg']) => Promise<VaultQueries[K]['value']> }

/** `opened` is told of each document that somebody begins to look at. */
export function createQueries(core: VaultCore, snapshots: Snapshots, notices: () => readonly Notice[], opened: (doc: string) => void, complete: () => boolean, uses: RightUses, audit: AuditLog): Answer {
  const { shown } = snapshots
  const actStates = createActStates(core)
  const queries: Queries = {
    desk: async () => deskView(shown, complete()),
    async document({ id }) {
      const view = snapshots.awaits(id) ? null : await documentView(core, id)
      if (view) opened(id)
      return view
    },
    actStates: async ({ id }) => (snapshots.awaits(id) ? [] : actStates(id)),
    awaited: async ({ id }) => snapshots.awaits(id),
    summary: async () => snapshots.source(),
    cabinet: async () => cabinetView(shown),
    volume: async ({ id }) => volumeView(shown, id),
    register: async ({ fiscalYear }) => registerView(shown, fiscalYear),
    offline: () => offlineView(core),
    numbers: async () => numbersView(core),
    town: async () => townView(core, complete()),
    trust: () => trustView(core, notices(), uses, complete()),
    async couldRead(of) {
      const found = couldReadView(core, uses, of)
      return found && withEarlier(core, found)
    },
    reconcile: async ({ text }) => reconcileView(core, text),
    review: async ({ back }) => reviewView(core, uses.current(), back),
    audit: (query) => auditView(core, audit, query),
    leases: async () => leasesView(core),
    brake: async () => brakeView(core),
    absences: async () => absencesView(core),
    held: () => heldView(core),
    deviceRules: async () => deviceRulesView(core),
  }
  return (name, arg) => queries[name](arg)
}
