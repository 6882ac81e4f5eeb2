// Labelled inputs: the label above, the required mark as a word, the help and the error below and read with the field.

import type { ReactNode } from 'react'
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'
import './field.css'

export interface FieldFrame {
  readonly label: string
  /** The word for "required", shown beside the label. */
  readonly requiredMark?: string | undefined
  readonly help?: string | undefined
  readonly error?: string | undefined
}

export interface TextInputProps extends FieldFrame {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly kind?: 'text' | 'password' | 'search'
  readonly rows?: number
  readonly autoFocus?: boolean
  readonly disabled?: boolean
  readonly autoComplete?: string
  readonly inputMode?: 'text' | 'numeric'
  readonly placeholder?: string
  readonly className?: string
}

export function FieldLabel(props: { readonly label: string; readonly requiredMark?: string | undefined }): ReactNode {
  return (
    <Label className="field-label">
      {props.label}
      {props.requiredMark !== undefined && <span className="field-required" aria-hidden="true">{props.requiredMark}</span>}
    </Label>
  )
}

export function FieldNotes(props: { readonly help?: string | undefined; readonly error?: string | undefined }): ReactNode {
  return (
    <>
      {props.help !== undefined && <Text slot="description" className="field-help">{props.help}</Text>}
      {props.error !== undefined && <FieldError className="field-error">{props.error}</FieldError>}
    </>
  )
}

export function TextInput(props: TextInputProps): ReactNode {
  return (
    <TextField
      className={`field ${props.className ?? ''}`}
      type={props.kind ?? 'text'}
      value={props.value}
      onChange={props.onChange}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      isRequired={props.requiredMark !== undefined}
      isInvalid={props.error !== undefined}
      isDisabled={props.disabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete={props.autoComplete ?? 'off'}
      validationBehavior="aria"
    >
      <FieldLabel label={props.label} requiredMark={props.requiredMark} />
      {props.rows === undefined ? (
        <Input className="field-input" spellCheck={false} {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })} {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })} />
      ) : (
        <TextArea className="field-input field-area" rows={props.rows} spellCheck={false} />
      )}
      <FieldNotes help={props.help} error={props.error} />
    </TextField>
  )
}
