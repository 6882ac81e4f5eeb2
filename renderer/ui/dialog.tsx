// A modal sheet: a heading, the content, the acts at its foot. Escape closes it unless something is under way.

import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import './dialog.css'

export interface SheetProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly size?: 'narrow' | 'wide'
  /** While true, the dialog cannot be left: an act is under way. */
  readonly held?: boolean
  readonly alert?: boolean
}

export function Sheet(props: SheetProps): ReactNode {
  const held = props.held ?? false
  return (
    <ModalOverlay className="veil" isOpen isDismissable={false} isKeyboardDismissDisabled={held} onOpenChange={(open) => !open && !held && props.onClose()}>
      <Modal className={`modal modal-${props.size ?? 'narrow'}`}>
        <Dialog className="dialog" role={props.alert === true ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2} className="dialog-title">
            {props.title}
          </Heading>
          <div className="dialog-body">{props.children}</div>
          {props.actions !== undefined && <div className="dialog-actions">{props.actions}</div>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Something else is asked of the person (another window) or takes its time: says so and keeps the page still. */
export function Waiting(props: { readonly title: string; readonly text: string; readonly actions?: ReactNode; readonly children?: ReactNode }): ReactNode {
  return (
    <Sheet title={props.title} onClose={() => undefined} held actions={props.actions}>
      <div className="waiting" role="status" aria-live="polite">
        <span className="waiting-mark" aria-hidden="true" />
        <p>{props.text}</p>
      </div>
      {props.children}
    </Sheet>
  )
}
