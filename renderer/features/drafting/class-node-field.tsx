// 分類: one node of the third level, chosen by code and the path of labels.

import type { ReactNode } from 'react'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { CabinetNode } from '../../services/view-models.ts'
import { SelectInput } from '../../ui/choice.tsx'

export interface ClassNodeFieldProps {
  readonly frame: { readonly label: string; readonly error: string | undefined; readonly requiredMark?: string }
  readonly stored: string
  readonly onStore: (code: string) => void
}

export function ClassNodeField({ frame, stored, onStore }: ClassNodeFieldProps): ReactNode {
  const text = useText()
  const cabinet = useLive('cabinet', null)
  return <SelectInput {...frame} emptyLabel={text('cover.choose')} value={stored || null} onChange={onStore} choices={leaves(cabinet ?? [], [])} />
}

function leaves(nodes: readonly CabinetNode[], path: readonly string[]): readonly { readonly value: string; readonly label: string }[] {
  return nodes.flatMap((node) => {
    const here = [...path, node.label]
    return node.level === 3 ? [{ value: node.code, label: `${node.code}　${here.join('＞')}` }] : leaves(node.children, here)
  })
}
