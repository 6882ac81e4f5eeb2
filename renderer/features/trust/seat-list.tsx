// The seats of the workspace, and taking one away: a lost machine, somebody who left.

import { type ReactNode, useState } from 'react'
import { CouldReadNote } from '../../services/could-read-note.tsx'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { SeatRow } from '../../services/trust-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'

export function SeatList({ seats, mayRemove }: { readonly seats: readonly SeatRow[]; readonly mayRemove: boolean }): ReactNode {
  const text = useText()
  const [removing, setRemoving] = useState<SeatRow | null>(null)
  const where = (seat: SeatRow): string => text(seat.own ? 'seats.own' : seat.here ? 'seats.here' : 'seats.elsewhere')
  return (
    <section className="sheet stack-s" aria-labelledby="trust-seats">
      <h2 id="trust-seats">{text('seats.title')}</h2>
      <p className="quiet">{text('seats.lead')}</p>
      <table className="trust-table">
        <thead>
          <tr>
            <th scope="col">{text('people.name')}</th>
            <th scope="col">{text('seats.where')}</th>
            {mayRemove && <th scope="col">{text('council.acts')}</th>}
          </tr>
        </thead>
        <tbody>
          {seats.map((seat) => (
            <tr key={seat.seat}>
              <th scope="row">{seat.name}</th>
              <td>
                {where(seat)}
                {seat.waitsUntil !== null && <span className="small"> {text('seats.waits', { until: formatInstant(text.language, seat.waitsUntil) })}</span>}
              </td>
              {mayRemove && (
                <td>
                  {!seat.own && (
                    <Button kind="quiet" label={text(seat.waitsUntil === null ? 'seats.removeOf' : 'seats.stopOf', { name: seat.name, where: where(seat) })} onPress={() => setRemoving(seat)}>
                      {text(seat.waitsUntil === null ? 'seats.remove' : 'seats.stop')}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {removing !== null && <RemoveSeat seat={removing} onClose={() => setRemoving(null)} />}
    </section>
  )
}

function RemoveSeat({ seat, onClose }: { readonly seat: SeatRow; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('removeSeat')
  const go = async (reason: string): Promise<void> => {
    if ((await run({ seat: seat.seat, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text(seat.waitsUntil === null ? 'seats.removeTitle' : 'seats.stopTitle', { name: seat.name })} lead={text(seat.waitsUntil !== null ? 'seats.removeWaiting' : seat.takesTwo ? 'seats.removeAdmins' : 'seats.removeLead')} go={text('seats.removeGo')} danger busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      {seat.waitsUntil === null && <CouldReadNote of={{ kind: 'seat', seat: seat.seat }} />}
    </ReasonSheet>
  )
}
