// AU-72: the provider's list of accounts beside the people and seats of collection zero, both ways. It changes nothing: what is found is for
// an administrator to look at. Names and addresses are labels; an account is its subject where the list tells it.

import { csvRows } from '../base/csv.ts'
import { inForce } from '../base/in-force.ts'
import type { AuthorityState } from './reduce.ts'

export interface ListedAccount {
  /** Null where the list does not tell it. */
  readonly subject: string | null
  readonly label: string
  readonly isEnabled: boolean
}

/** `no-table`: not to be read as one. `no-account`: no column names accounts. */
export type UnreadableList = 'no-table' | 'no-account' | 'too-long'

export interface Orphans {
  readonly accounts: number
  /** In use at the provider, and nobody's here. */
  readonly ofNobody: readonly ListedAccount[]
  /** People with a seat to whom no account is bound. */
  readonly without: readonly string[]
  /** People with a seat whose every account is stopped at the provider, or not in its list. */
  readonly gone: readonly { readonly person: string; readonly label: string; readonly why: 'stopped' | 'not-listed'; readonly seats: number }[]
}

const mostAccounts = 20_000

/** Columns as the lists of providers call them (Entra, Google Workspace, Keycloak, Okta, or by hand), folded. */
const columns = {
  subject: ['sub', 'subject', 'id', 'objectid', 'object id', 'user id', 'オブジェクト id', 'オブジェクトid'],
  label: ['userprincipalname', 'user principal name', 'username', 'user name', 'login', 'email', 'mail', 'email address [required]', 'email address', 'ユーザー プリンシパル名', 'ユーザー名', 'メールアドレス', 'アカウント'],
  state: ['accountenabled', 'account enabled', 'enabled', 'active', 'status', 'status [read only]', 'アカウントの有効化', 'アカウントが有効', '有効', '状態'],
} as const

/** What says that an account is in use; without a column all are. */
const inUse: ReadonlySet<string> = new Set(['true', '1', 'yes', 'active', 'enabled', '有効', 'はい', '利用中'])

/** The accounts of a list, from the text of its table. */
export function accountsOf(text: string): readonly ListedAccount[] | UnreadableList {
  const rows = csvRows(text)
  const [head, ...rest] = rows ?? []
  if (!head) return 'no-table'
  if (rest.length > mostAccounts) return 'too-long'
  const names = head.map(folded)
  const columnOf = (wanted: readonly string[]): number => names.findIndex((name) => wanted.includes(name))
  const [subject, label, state] = [columnOf(columns.subject), columnOf(columns.label), columnOf(columns.state)]
  if (subject < 0 && label < 0) return 'no-account'
  return rest.flatMap((fields) => {
    const id = subject < 0 ? null : (fields[subject] ?? '').trim()
    const shown = (label < 0 ? '' : (fields[label] ?? '').trim()) || id || ''
    return shown === '' ? [] : [{ subject: id === '' ? null : id, label: shown, isEnabled: state < 0 || inUse.has(folded(fields[state] ?? '')) }]
  })
}

function folded(word: string): string {
  return word.normalize('NFKC').trim().toLowerCase()
}

/** `labelOf`: what the provider called an account that is bound here. */
export function orphansOf(state: AuthorityState, date: string, listed: readonly ListedAccount[], labelOf: (account: { readonly issuer: string; readonly subject: string }) => string): Orphans {
  const issuer = inForce(state.providers.values(), date)?.issuer ?? null
  const bound = [...state.bindings.values()].filter((one) => issuer === null || one.issuer === issuer)
  const isOne = (account: ListedAccount, binding: (typeof bound)[number]): boolean => (account.subject === null ? folded(account.label) === folded(labelOf(binding)) : account.subject === binding.subject)
  const seats = new Map<string, number>()
  for (const seat of state.seats.values()) if (!state.removedSeats.has(seat.id)) seats.set(seat.person, (seats.get(seat.person) ?? 0) + 1)
  const people = [...seats.keys()].sort()
  const gone = people.flatMap((person): Orphans['gone'] => {
    const own = bound.filter((one) => one.person === person)
    const found = own.map((binding) => listed.find((account) => isOne(account, binding)))
    const [first] = own
    if (!first || found.some((account) => account?.isEnabled === true)) return []
    return [{ person, label: labelOf(first), why: found.some((account) => account !== undefined) ? 'stopped' : 'not-listed', seats: seats.get(person) ?? 0 }]
  })
  return {
    accounts: listed.length,
    ofNobody: listed.filter((account) => account.isEnabled && !bound.some((binding) => isOne(account, binding))),
    without: people.filter((person) => !bound.some((one) => one.person === person)),
    gone,
  }
}
