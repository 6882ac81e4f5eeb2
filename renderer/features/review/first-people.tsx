// Who uses a new collection from the first day, and as what: one after the other, each with a role.

import { type ReactNode, useState } from 'react'
import type { Role } from '../../services/review-models.ts'
import { useText } from '../../services/use-text.tsx'
import type { TownView } from '../../services/view-models.ts'
import { Button } from '../../ui/button.tsx'
import { RadioInput, SelectInput } from '../../ui/choice.tsx'

export interface FirstPerson {
  readonly person: string
  readonly role: Exclude<Role, 'admin' | 'owner'>
}

const roles: readonly FirstPerson['role'][] = ['reader', 'writer', 'approver', 'records']

export function FirstPeople({ town, people, onChange }: { readonly town: TownView; readonly people: readonly FirstPerson[]; readonly onChange: (people: readonly FirstPerson[]) => void }): ReactNode {
  const text = useText()
  const [person, setPerson] = useState<string | null>(null)
  const [role, setRole] = useState<FirstPerson['role']>('writer')
  const isSame = (one: FirstPerson): boolean => one.person === person && one.role === role
  const add = (): void => {
    if (person === null || people.some(isSame)) return
    onChange([...people, { person, role }])
    setPerson(null)
  }
  const nameOf = (id: string): string => town.people.find((one) => one.id === id)?.name ?? id
  return (
    <fieldset className="stack-s review-new-pair">
      <legend>{text('collections.people')}</legend>
      {people.length === 0 ? (
        <p className="quiet small">{text('collections.nobody')}</p>
      ) : (
        <ul className="review-people" aria-label={text('collections.people')}>
          {people.map((one) => (
            <li key={`${one.person} ${one.role}`}>
              <span>{text('collections.person', { name: nameOf(one.person), role: text(`review.role.${one.role}`) })}</span>
              <Button kind="quiet" label={text('collections.dropOf', { name: nameOf(one.person) })} onPress={() => onChange(people.filter((other) => other !== one))}>
                {text('collections.drop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <SelectInput label={text('collections.who')} emptyLabel={text('machines.personEmpty')} value={person} onChange={setPerson} choices={town.people.map((one) => ({ value: one.id, label: one.name, note: one.positions.join('・') }))} />
      <RadioInput label={text('review.column.role')} value={role} onChange={(value) => setRole(value as FirstPerson['role'])} choices={roles.map((one) => ({ value: one, label: text(`review.role.${one}`), note: text(`review.role.${one}.note`) }))} />
      <div className="row">
        <Button icon="plus" disabled={person === null || people.some(isSame)} onPress={add}>
          {text('collections.add')}
        </Button>
      </div>
    </fieldset>
  )
}
