// What leaves this machine of its state, and why: every result, and the statement to the letter.

import type { ReactNode } from 'react'
import type { PostureState } from '../../services/session-api.ts'
import { useText } from '../../services/use-text.tsx'
import { exactWords } from './endpoint-model.ts'

export function SentSection({ statement }: Pick<PostureState, 'statement'>): ReactNode {
  const text = useText()
  return (
    <section className="sheet stack-s" aria-labelledby="endpoint-sent">
      <h2 id="endpoint-sent">{text('endpoint.sentTitle')}</h2>
      <p>{text(statement === null ? 'endpoint.sentNone' : 'endpoint.sentWhy')}</p>
      {statement !== null && (
        <>
          <table className="endpoint-table" aria-label={text('endpoint.sentTable')}>
            <thead>
              <tr>
                {(['check', 'verdict', 'reason', 'trust'] as const).map((column) => (
                  <th key={column} scope="col">
                    {text(`endpoint.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {statement.checks.map(({ id, verdict, reason, trust }) => (
                <tr key={id}>
                  <th scope="row">{text(`endpoint.check.${id}`)}</th>
                  <td>{text(`endpoint.verdict.${verdict}`)}</td>
                  <td>{reason === null ? '' : <code>{reason}</code>}</td>
                  <td>{text(`endpoint.trust.${trust}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <details>
            <summary>{text('endpoint.exact')}</summary>
            <pre className="endpoint-exact" role="region" tabIndex={0} aria-label={text('endpoint.exactLabel')}>
              {exactWords(statement)}
            </pre>
          </details>
        </>
      )}
    </section>
  )
}
