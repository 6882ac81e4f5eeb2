// Choosing: one of few as radio buttons, one of many from a list, several as check boxes. Values are the caller's codes.

import type { ReactNode } from 'react'
import { Button, Checkbox, CheckboxGroup, ListBox, ListBoxItem, Popover, Radio, RadioGroup, Select, SelectValue } from 'react-aria-components'
import { FieldLabel, FieldNotes, type FieldFrame } from './field.tsx'
import { Icon } from './icon.tsx'
import './field.css'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly note?: string | undefined
  readonly disabled?: boolean
}

export interface OneOfProps extends FieldFrame {
  readonly value: string | null
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
  readonly disabled?: boolean
}

export function RadioInput(props: OneOfProps & { readonly layout?: 'column' | 'row' | 'cards' }): ReactNode {
  const layouts = { column: 'choices', row: 'choices choices-row', cards: 'card-choices' } as const
  return (
    <RadioGroup className="field" value={props.value} onChange={props.onChange} isDisabled={props.disabled ?? false} isInvalid={props.error !== undefined} isRequired={props.requiredMark !== undefined} validationBehavior="aria">
      <FieldLabel label={props.label} requiredMark={props.requiredMark} />
      <div className={layouts[props.layout ?? 'column']}>
        {props.choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className="radio" isDisabled={choice.disabled ?? false}>
            <span className="radio-dot" />
            <span>
              {choice.label}
              {choice.note !== undefined && <span className="choice-note">{choice.note}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes help={props.help} error={props.error} />
    </RadioGroup>
  )
}

export function SelectInput(props: OneOfProps & { readonly emptyLabel: string; readonly className?: string }): ReactNode {
  return (
    <Select className={`field ${props.className ?? ''}`} value={props.value} onChange={(key) => typeof key === 'string' && props.onChange(key)} isDisabled={props.disabled ?? false} isInvalid={props.error !== undefined} isRequired={props.requiredMark !== undefined} placeholder={props.emptyLabel} validationBehavior="aria">
      <FieldLabel label={props.label} requiredMark={props.requiredMark} />
      <Button className="select-button">
        <SelectValue />
        <Icon name="down" size={16} />
      </Button>
      <FieldNotes help={props.help} error={props.error} />
      <Popover className="popover">
        <ListBox className="options" items={props.choices.map((choice) => ({ ...choice, id: choice.value }))}>
          {(choice) => (
            <ListBoxItem className="option" id={choice.value} textValue={choice.label} isDisabled={choice.disabled ?? false}>
              {choice.label}
              {choice.note !== undefined && <span className="choice-note">{choice.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}

export interface ManyOfProps extends FieldFrame {
  readonly values: readonly string[]
  readonly choices: readonly Choice[]
  readonly onChange: (values: readonly string[]) => void
  readonly layout?: 'column' | 'row'
  readonly disabled?: boolean
}

export function ManyInput(props: ManyOfProps): ReactNode {
  return (
    <CheckboxGroup className="field" value={[...props.values]} onChange={props.onChange} isDisabled={props.disabled ?? false} isInvalid={props.error !== undefined} validationBehavior="aria">
      <FieldLabel label={props.label} requiredMark={props.requiredMark} />
      <div className={props.layout === 'row' ? 'choices choices-row' : 'choices'}>
        {props.choices.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} className="check" isDisabled={choice.disabled ?? false}>
            <CheckMark />
            <span>
              {choice.label}
              {choice.note !== undefined && <span className="choice-note">{choice.note}</span>}
            </span>
          </Checkbox>
        ))}
      </div>
      <FieldNotes help={props.help} error={props.error} />
    </CheckboxGroup>
  )
}

export interface CheckInputProps {
  readonly label: string
  readonly note?: string | undefined
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

export function CheckInput(props: CheckInputProps): ReactNode {
  return (
    <Checkbox className="check" isSelected={props.checked} onChange={props.onChange} isDisabled={props.disabled ?? false}>
      <CheckMark />
      <span>
        {props.label}
        {props.note !== undefined && <span className="choice-note">{props.note}</span>}
      </span>
    </Checkbox>
  )
}

function CheckMark(): ReactNode {
  return (
    <span className="check-box">
      <Icon name="check" size={14} />
    </span>
  )
}
