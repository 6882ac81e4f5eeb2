// How long each kind of act can still be done on this device without a connection.

import type { ReactNode } from 'react'
import { leaseWords, useLeases } from '../../services/use-leases.ts'
import { useText } from '../../services/use-text.tsx'

export function LeasesSection(): ReactNode {
  const text = useText()
  const { rows, now } = useLeases()
  if (rows.length === 0) return null
  return (
    <section className="sheet stack-s" aria-labelledby="endpoint-leases">
      <h2 id="endpoint-leases">{text('lease.title')}</h2>
      <p className="quiet">{text('lease.lead')}</p>
      <dl className="fact-rows endpoint-facts">
        {rows.map((row) => (
          <div key={row.act}>
            <dt>{text(`lease.${row.act}`)}</dt>
            <dd>{leaseWords(text, row, now)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
