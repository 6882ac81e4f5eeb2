// The town's accounts: who issues them, whose they are, and which wait for an administrator to say so.

import { type ReactNode, useState } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { AccountRow, AccountsView } from '../../services/trust-models.ts'
import { failureText } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Waiting } from '../../ui/dialog.tsx'
import { Message } from '../../ui/message.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'

export function AccountsSection({ accounts, mayAdminister }: { readonly accounts: AccountsView; readonly mayAdminister: boolean }): ReactNode {
  const text = useText()
  const naming = useCommand('nameProvider')
  const binding = useCommand('bindAccount')
  const [releasing, setReleasing] = useState<AccountRow | null>(null)
  const { issuer, issuerHere } = accounts
  if (issuer === null && issuerHere === null) return null
  return (
    <section className="sheet stack-s" aria-labelledby="trust-accounts">
      <h2 id="trust-accounts">{text('accounts.title')}</h2>
      <p className="quiet">{text('accounts.lead')}</p>
      <p>{issuer === null ? text('accounts.noIssuer') : text('accounts.issuer', { issuer })}</p>
      {issuerHere !== null && (
        <Message tone="note" title={text('accounts.hereTitle')}>
          <p>{text('accounts.here', { issuer: issuerHere })}</p>
          {mayAdminister && (
            <Button disabled={naming.busy} onPress={() => void naming.run(null)}>
              {text('accounts.name')}
            </Button>
          )}
        </Message>
      )}
      {accounts.bound.length > 0 && (
        <table className="trust-table">
          <thead>
            <tr>
              <th scope="col">{text('people.name')}</th>
              <th scope="col">{text('accounts.account')}</th>
              {mayAdminister && <th scope="col">{text('council.acts')}</th>}
            </tr>
          </thead>
          <tbody>
            {accounts.bound.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.name}</th>
                <td>{row.label}</td>
                {mayAdminister && (
                  <td>
                    <Button kind="quiet" label={text('accounts.releaseOf', { name: row.name, label: row.label })} onPress={() => setReleasing(row)}>
                      {text('accounts.release')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {accounts.claims.length > 0 && <h3>{text('accounts.claims')}</h3>}
      {accounts.claims.map((claim) => (
        <Message key={claim.id} tone="note">
          <p>{text('accounts.claim', { name: claim.name, label: claim.label })}</p>
          {mayAdminister && (
            <Button kind="strong" disabled={binding.busy} onPress={() => void binding.run({ claim: claim.id })}>
              {text('accounts.bind', { name: claim.name })}
            </Button>
          )}
        </Message>
      ))}
      {[naming.failure, binding.failure].map((failure, i) => failure !== null && <Message key={i} tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>)}
      {(naming.busy || binding.busy) && <Waiting title={text('accounts.title')} text={text('council.consent')} />}
      {releasing !== null && <ReleaseAccount account={releasing} onClose={() => setReleasing(null)} />}
    </section>
  )
}

function ReleaseAccount({ account, onClose }: { readonly account: AccountRow; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('releaseAccount')
  const go = async (reason: string): Promise<void> => {
    if ((await run({ binding: account.id, reason })).ok) onClose()
  }
  return <ReasonSheet title={text('accounts.releaseOf', { name: account.name, label: account.label })} lead={text('accounts.releaseLead')} go={text('seats.removeGo')} danger busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose} />
}
