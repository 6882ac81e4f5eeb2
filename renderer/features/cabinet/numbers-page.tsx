// 文書番号簿: who gives the numbers of a series, what was taken along, and every number with its document or its reason.

import { type ReactNode, useState } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { NumberSeriesView, NumberTakeoverView } from '../../services/view-models.ts'
import { formatInstant } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { SelectInput } from '../../ui/choice.tsx'
import { Message } from '../../ui/message.tsx'
import { NumbersDialog } from './numbers-dialog.tsx'
import type { Asked } from './numbers-model.ts'
import { NumbersTable } from './numbers-table.tsx'
import './cabinet.css'

export function NumbersPage({ onOpen }: { readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  const all = useLive('numbers', null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  if (all === undefined) return <p role="status">{text('numbers.opening')}</p>
  const series = all.find(({ id }) => id === chosen) ?? all[0]
  return (
    <div>
      <header className="page-head">
        <h1>{text('numbers.title')}</h1>
        {series !== undefined && (
          <SelectInput
            className="numbers-series"
            label={text('numbers.series')}
            emptyLabel={text('numbers.series')}
            value={series.id}
            onChange={setChosen}
            choices={all.map((one) => ({ value: one.id, label: text('numbers.seriesName', { symbol: one.symbol, section: one.sectionName ?? text('numbers.wholeTown') }) }))}
          />
        )}
      </header>
      {series === undefined ? <p className="cabinet-empty">{text('numbers.none')}</p> : <Series series={series} onAsk={setAsked} onOpen={onOpen} />}
      {asked !== null && series !== undefined && <NumbersDialog series={series} asked={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

interface SeriesProps {
  readonly series: NumberSeriesView
  readonly onAsk: (asked: Asked) => void
}

function Series({ series, onAsk, onOpen }: SeriesProps & { readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  const takeoverActions = (takeover: NumberTakeoverView): { readonly actions?: ReactNode } => {
    if (takeover.mayAgree) return { actions: <Button onPress={() => onAsk({ kind: 'agree', takeover })}>{text('numbers.agree')}</Button> }
    return takeover.mayWithdraw ? { actions: <Button onPress={() => onAsk({ kind: 'withdraw', takeover })}>{text('numbers.withdraw')}</Button> } : {}
  }
  return (
    <div className="stack">
      <Registrar series={series} onAsk={onAsk} />
      {series.takeovers.map((one) => (
        <Message key={one.id} tone="warn" title={text('numbers.takeoverOpen')} {...takeoverActions(one)}>
          {text('numbers.takeoverWords', { proposer: one.proposer, seat: one.seat, at: formatInstant(text.language, one.at), reason: one.reason })}
        </Message>
      ))}
      {series.collisions.map((one, i) => (
        <Message key={i} tone="warn" title={text('numbers.collision')}>
          {text('numbers.collisionWords', { number: one.number, kept: one.kept === '' ? text('numbers.hiddenTitle') : one.kept, lost: one.lost === '' ? text('numbers.hiddenTitle') : one.lost })}
        </Message>
      ))}
      {series.blocks.length > 0 && <Blocks series={series} onAsk={onAsk} />}
      <NumbersTable series={series} onOpen={onOpen} onVoid={(row) => onAsk({ kind: 'void', row })} />
    </div>
  )
}

function Registrar({ series, onAsk }: SeriesProps): ReactNode {
  const text = useText()
  const { registrar, may } = series
  return (
    <section className="sheet stack-s" aria-labelledby="numbers-registrar">
      <h2 id="numbers-registrar">{text('numbers.registrar')}</h2>
      {registrar === null ? (
        <p>{text('numbers.noRegistrar')}</p>
      ) : (
        <>
          <p>
            <strong>{registrar.name}</strong>
            {registrar.isMe && text('numbers.isMe')}
          </p>
          <p className="small quiet">{text('numbers.since', { how: text(`numbers.how.${registrar.kind}`), at: formatInstant(text.language, registrar.at), reason: registrar.reason })}</p>
          <p>{text('numbers.next', { number: series.next })}</p>
        </>
      )}
      {series.asks.map((one) => (
        <div className="row" key={one.id}>
          <p>{one.isMe ? text('numbers.askOpen', { count: one.size }) : text('numbers.askBy', { name: one.name, count: one.size })}</p>
          {one.isMe && <Button kind="quiet" onPress={() => onAsk({ kind: 'unask', ask: one })}>{text('numbers.unask')}</Button>}
        </div>
      ))}
      {series.waiting > 0 && <p>{text('numbers.waiting', { count: series.waiting })}</p>}
      <div className="row">
        {may.begin && <Button kind="strong" onPress={() => onAsk({ kind: 'begin' })}>{text('numbers.begin')}</Button>}
        {registrar?.isMe === true && may.keep && <Button onPress={() => onAsk({ kind: 'block' })}>{text('numbers.block')}</Button>}
        {may.ask && <Button onPress={() => onAsk({ kind: 'ask' })}>{text('numbers.ask')}</Button>}
        {may.handOver && <Button onPress={() => onAsk({ kind: 'handOver' })}>{text('numbers.handOver')}</Button>}
        {may.takeOver && <Button kind="danger" onPress={() => onAsk({ kind: 'takeover' })}>{text('numbers.takeover')}</Button>}
      </div>
    </section>
  )
}

function Blocks({ series, onAsk }: SeriesProps): ReactNode {
  const text = useText()
  return (
    <section className="sheet stack-s" aria-labelledby="numbers-blocks">
      <h2 id="numbers-blocks">{text('numbers.blocks')}</h2>
      <ul className="numbers-blocks" aria-label={text('numbers.blocks')}>
        {series.blocks.map((block) => (
          <li key={block.id}>
            <span>{text('numbers.blockRange', { first: block.first, last: block.last })}</span>
            <span>{block.holder}</span>
            <span className="quiet">{text('numbers.blockFree', { count: block.free })}</span>
            {block.mayReturn && (
              <Button kind="quiet" onPress={() => onAsk({ kind: 'return', block })}>
                {text('numbers.return')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
