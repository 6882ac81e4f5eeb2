// The text of one draft while its screen is open: a Yjs document started from the vault's state and mirrored back to it.

import { useCallback, useEffect, useState } from 'react'
import { applyUpdateV2, Doc, mergeUpdatesV2, type XmlFragment } from 'yjs'
import { useSaveState } from '../../services/save-state.tsx'
import { useVault } from '../../services/use-services.tsx'
import type { CommandFailure } from '../../services/vault-api.ts'
import { createBodyMirror, type BodyMirror } from './body-mirror.ts'

/** The name of the text within the Yjs document. */
export const bodyFragment = 'body'

const fromVault = Symbol('from the vault')

export interface OpenBody {
  readonly fragment: XmlFragment | null
  readonly failure: CommandFailure | null
  readonly pending: boolean
  readonly settle: () => Promise<void>
}

/** `fromElsewhere` grows when somebody else's changes came in: what the editor shows is then brought up to them. */
export function useBody(id: string, fromElsewhere: number): OpenBody {
  const vault = useVault()
  const { hold } = useSaveState()
  const [fragment, setFragment] = useState<XmlFragment | null>(null)
  const [state, setState] = useState<{ readonly pending: boolean; readonly failure: CommandFailure | null }>({ pending: false, failure: null })
  const [mirror, setMirror] = useState<BodyMirror | null>(null)
  const [opened, setOpened] = useState<{ readonly doc: Doc; readonly seen: number } | null>(null)

  useEffect(() => {
    const doc = new Doc({ gc: false })
    let live = true
    let release: (() => void) | null = null
    const made = createBodyMirror({
      send: (update) => vault.command('updateBody', { id, update }),
      merge: mergeUpdatesV2,
      report: (next) => {
        if (next.pending) release ??= hold()
        else {
          release?.()
          release = null
        }
        if (live) setState(next)
      },
    })
    const open = async (): Promise<void> => {
      const answer = await vault.command('openBody', { id })
      if (!live) return
      if (!answer.ok) return setState({ pending: false, failure: answer.error })
      doc.clientID = answer.value.clientId
      if (answer.value.state.length > 0) applyUpdateV2(doc, answer.value.state, fromVault)
      doc.on('updateV2', (update: Uint8Array, origin: unknown) => {
        if (origin !== fromVault) made.push(update)
      })
      setMirror(made)
      setFragment(doc.getXmlFragment(bodyFragment))
      setOpened({ doc, seen: 0 })
    }
    void open()
    return () => {
      live = false
      void made.settle().finally(() => {
        release?.()
        doc.destroy()
      })
    }
  }, [vault, id, hold])

  useEffect(() => {
    if (opened === null || opened.seen === fromElsewhere) return undefined
    let live = true
    void vault.command('openBody', { id }).then((answer) => {
      if (!live || !answer.ok) return
      applyUpdateV2(opened.doc, answer.value.state, fromVault)
      setOpened({ doc: opened.doc, seen: fromElsewhere })
    })
    return () => {
      live = false
    }
  }, [vault, id, opened, fromElsewhere])

  const settle = useCallback(async () => mirror?.settle(), [mirror])
  return { fragment, failure: state.failure, pending: state.pending, settle }
}
