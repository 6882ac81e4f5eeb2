// The search field on every screen, to be keyed by the query it starts with. It asks for the search screen on Enter only: titles and bodies are opened for it.

import { type ReactNode, useState } from 'react'
import { Button, Input, SearchField } from 'react-aria-components'
import { useText } from '../services/use-text.tsx'
import { Icon } from '../ui/icon.tsx'

export function SearchBox(props: { readonly query: string; readonly onSearch: (query: string) => void }): ReactNode {
  const text = useText()
  const [typed, setTyped] = useState(props.query)
  return (
    <SearchField className="search-box" aria-label={text('search.label')} value={typed} onChange={setTyped} onSubmit={(query) => query.trim() !== '' && props.onSearch(query.trim())}>
      <Icon name="search" />
      <Input className="search-input" placeholder={text('search.hint')} spellCheck={false} />
      <Button className="search-clear" aria-label={text('search.clear')}>
        <Icon name="close" size={16} />
      </Button>
    </SearchField>
  )
}
