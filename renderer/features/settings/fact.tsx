// One line of a list of facts: what it is, and how it stands.

import type { ReactNode } from 'react'

export function Fact(props: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}
