// The command palette: every act that needs no document in hand, and the documents on the desk, found by typing a few letters.

import { type ReactNode, useMemo } from 'react'
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, SearchField, useFilter } from 'react-aria-components'
import { useLive } from '../services/use-services.tsx'
import { useText } from '../services/use-text.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import type { Asking } from './dialogs.tsx'
import type { Route } from './routes.ts'

export interface PaletteProps {
  readonly go: (route: Route) => void
  readonly ask: (asking: Asking) => void
  readonly lock: () => void
  readonly close: () => void
}

interface Item {
  readonly id: string
  readonly name: string
  readonly icon: IconName
  readonly keys?: string
  readonly act: () => void
}

export function Palette(props: PaletteProps): ReactNode {
  const text = useText()
  const items = useItems(props)
  const { contains } = useFilter({ sensitivity: 'base' })
  const run = (id: string): void => {
    props.close()
    items.find((item) => item.id === id)?.act()
  }
  return (
    <ModalOverlay className="veil veil-top" isOpen isDismissable onOpenChange={(open) => !open && props.close()}>
      <Modal className="modal">
        <Dialog className="dialog palette" aria-label={text('palette.title')}>
          <Autocomplete filter={contains}>
            <SearchField className="palette-field" aria-label={text('palette.label')} autoFocus>
              <Icon name="search" />
              <Input className="palette-input" placeholder={text('palette.hint')} spellCheck={false} />
            </SearchField>
            <Menu className="palette-list" aria-label={text('palette.list')} items={items} onAction={(key) => run(String(key))} renderEmptyState={() => <p className="palette-none">{text('palette.none')}</p>}>
              {(item) => (
                <MenuItem className="palette-item" id={item.id} textValue={item.name}>
                  <Icon name={item.icon} />
                  <span className="grow">{item.name}</span>
                  {item.keys !== undefined && <kbd>{item.keys}</kbd>}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function useItems({ go, ask, lock }: PaletteProps): readonly Item[] {
  const text = useText()
  const desk = useLive('desk', null)
  return useMemo(() => {
    const places: readonly Item[] = [
      { id: 'draft', name: text('palette.newDraft'), icon: 'plus', act: () => ask({ ask: 'draft' }) },
      { id: 'desk', name: text('palette.goDesk'), icon: 'desk', act: () => go({ page: 'desk' }) },
      { id: 'cabinet', name: text('palette.goCabinet'), icon: 'cabinet', act: () => go({ page: 'cabinet' }) },
      { id: 'register', name: text('palette.goRegister'), icon: 'list', act: () => go({ page: 'register' }) },
      { id: 'numbers', name: text('palette.goNumbers'), icon: 'number', act: () => go({ page: 'numbers' }) },
      { id: 'trust', name: text('palette.goTrust'), icon: 'trust', act: () => go({ page: 'trust' }) },
      { id: 'endpoint', name: text('palette.goEndpoint'), icon: 'trust', act: () => go({ page: 'endpoint' }) },
      { id: 'review', name: text('palette.goReview'), icon: 'trust', act: () => go({ page: 'review' }) },
      { id: 'audit', name: text('palette.goAudit'), icon: 'trust', act: () => go({ page: 'audit' }) },
      { id: 'settings', name: text('palette.goSettings'), icon: 'settings', act: () => go({ page: 'settings' }) },
      { id: 'lock', name: text('palette.lock'), icon: 'lock', keys: 'Ctrl+Shift+L', act: lock },
    ]
    const seen = new Map<string, Item>()
    for (const list of desk === undefined ? [] : [desk.myTurn, desk.drafting, desk.returned, desk.waiting, desk.toFile, desk.recent]) {
      for (const { id, title } of list) {
        const name = text('palette.document', { title: title === '' ? text('document.untitled') : title })
        seen.set(id, { id: `document:${id}`, name, icon: 'file', act: () => go({ page: 'document', id }) })
      }
    }
    return [...places, ...seen.values()]
  }, [text, desk, go, ask, lock])
}
