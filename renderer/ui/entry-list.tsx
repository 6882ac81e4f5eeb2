// A list of things to open: a title, chips, a line of facts. Long lists draw only the rows in view.

import { type ReactNode, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Chip, type ChipTone } from './chip.tsx'
import { Icon } from './icon.tsx'
import './entry-list.css'

export interface Entry {
  readonly id: string
  readonly title: string
  readonly chips: readonly { readonly text: string; readonly tone?: ChipTone }[]
  readonly facts: readonly string[]
  readonly excerpt?: string
}

export interface EntryListProps {
  readonly label: string
  readonly entries: readonly Entry[]
  readonly onOpen: (id: string) => void
}

/** Above this many rows the list becomes a window onto itself. */
const virtualFrom = 60

export function EntryList(props: EntryListProps): ReactNode {
  if (props.entries.length > virtualFrom) return <VirtualEntryList {...props} />
  return (
    <ul className="entries" aria-label={props.label}>
      {props.entries.map((entry) => (
        <li key={entry.id}>
          <EntryRow entry={entry} onOpen={props.onOpen} />
        </li>
      ))}
    </ul>
  )
}

function VirtualEntryList(props: EntryListProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  // No compiler memoises these components, so its warning about this library does not apply.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: props.entries.length,
    getScrollElement: () => frame.current,
    estimateSize: () => 84,
    overscan: 6,
    getItemKey: (index) => props.entries[index]?.id ?? index,
  })
  return (
    <div className="entries-frame" ref={frame}>
      <ul className="entries entries-virtual" aria-label={props.label} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const entry = props.entries[row.index]
          if (entry === undefined) return null
          return (
            <li key={row.key} ref={rows.measureElement} data-index={row.index} aria-setsize={props.entries.length} aria-posinset={row.index + 1} style={{ transform: `translateY(${row.start}px)` }}>
              <EntryRow entry={entry} onOpen={props.onOpen} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function EntryRow(props: { readonly entry: Entry; readonly onOpen: (id: string) => void }): ReactNode {
  const { entry } = props
  return (
    <button type="button" className="entry" onClick={() => props.onOpen(entry.id)}>
      <span className="entry-main">
        <span className="entry-title">{entry.title}</span>
        {entry.excerpt !== undefined && <span className="entry-excerpt">{entry.excerpt}</span>}
        <span className="entry-facts">
          {entry.facts.map((fact, i) => (
            <span key={i}>{fact}</span>
          ))}
        </span>
      </span>
      <span className="entry-chips">
        {entry.chips.map((chip, i) => (
          <Chip key={i} tone={chip.tone ?? 'plain'}>
            {chip.text}
          </Chip>
        ))}
      </span>
      <Icon name="next" size={16} />
    </button>
  )
}
