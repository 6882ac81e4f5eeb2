// Seats that were used in two places at once, or changed more than the brake lets by: what is kept aside, and how the person and the administrators go on.

import type { ReactNode } from 'react'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { TwofoldRow } from '../../services/trust-models.ts'
import { failureText, type TextKey } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'

export function TwofoldSection({ seats, isAdmin }: { readonly seats: readonly TwofoldRow[]; readonly isAdmin: boolean }): ReactNode {
  const text = useText()
  return (
    <section className="sheet stack-s" aria-labelledby="trust-twofold">
      <h2 id="trust-twofold">{text(seats.some(({ why }) => why === 'twofold') ? 'twofold.title' : 'twofold.leftTitle')}</h2>
      {seats.map((seat) => (
        <Message key={seat.seat} tone="warn">
          <div className="stack-s">
            <p>{text(whyOf(seat), { name: seat.name })}</p>
            <p>{text('twofold.held', { count: seat.held })}</p>
            <Next why={nextOf(seat, isAdmin)} />
            {seat.own && seat.adoptable > 0 && <Adopt count={seat.adoptable} />}
          </div>
        </Message>
      ))}
    </section>
  )
}

function Next({ why }: { readonly why: ReturnType<typeof nextOf> }): ReactNode {
  const text = useText()
  return why === null ? null : <p>{text(why)}</p>
}

function whyOf({ why, own }: TwofoldRow): TextKey {
  if (why === 'braked') return own ? 'brake.heldOwn' : 'brake.heldOther'
  return why === 'left' ? (own ? 'twofold.leftOwn' : 'twofold.leftOther') : own ? 'twofold.own' : 'twofold.other'
}

function nextOf({ why, own }: TwofoldRow, isAdmin: boolean): 'brake.heldNext' | 'brake.heldAdmin' | 'twofold.leftNext' | 'twofold.ownNext' | 'twofold.adminNext' | 'twofold.otherNext' | null {
  if (why === 'braked') return own ? 'brake.heldNext' : isAdmin ? 'brake.heldAdmin' : null
  if (why === 'left') return own ? 'twofold.leftNext' : null
  return own ? 'twofold.ownNext' : isAdmin ? 'twofold.adminNext' : 'twofold.otherNext'
}

function Adopt({ count }: { readonly count: number }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('adopt')
  return (
    <>
      <p className="small">{text('twofold.adoptHint')}</p>
      {failure !== null && <Message tone="bad" title={text('failure.title')}>{failureText(text, failure)}</Message>}
      <div className="row">
        <Button disabled={busy} onPress={() => void run(null)}>
          {text('twofold.adopt', { count })}
        </Button>
      </div>
    </>
  )
}
