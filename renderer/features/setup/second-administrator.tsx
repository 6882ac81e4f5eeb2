// A blank town begins with one administrator, which is a trial and says so, or with two: the second types a PIN of their own.

import type { ReactNode } from 'react'
import { useText } from '../../services/use-text.tsx'
import { CheckInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { nobodyYet, type SecondDraft, type SetupField } from './setup-model.ts'

export interface SecondAdministratorProps {
  readonly second: SecondDraft | null
  readonly onChange: (second: SecondDraft | null) => void
  readonly gapOf: (field: SetupField) => string | undefined
}

export function SecondAdministrator({ second, onChange, gapOf }: SecondAdministratorProps): ReactNode {
  const text = useText()
  const input = (field: keyof SecondDraft, label: string, help?: string): ReactNode => (
    <TextInput
      label={label}
      help={help}
      kind={field === 'pin' || field === 'pinAgain' ? 'password' : 'text'}
      autoComplete={field === 'pin' || field === 'pinAgain' ? 'new-password' : 'off'}
      value={second?.[field] ?? ''}
      onChange={(value) => onChange({ ...(second ?? nobodyYet), [field]: value })}
      error={gapOf(`second.${field}`)}
    />
  )
  return (
    <>
      <CheckInput label={text('setup.secondNow')} note={text('setup.secondNote')} checked={second !== null} onChange={(wanted) => onChange(wanted ? nobodyYet : null)} />
      {second === null ? (
        <Message tone="warn">{text('setup.trial')}</Message>
      ) : (
        <fieldset className="setup-fields">
          <legend>{text('setup.second')}</legend>
          <div className="setup-pair">
            {input('familyName', text('setup.familyName'))}
            {input('givenName', text('setup.givenName'))}
          </div>
          {input('reading', text('setup.reading'), text('setup.readingHelp'))}
          {input('positionTitle', text('setup.positionTitle'), text('setup.positionTitleHelp'))}
          <div className="setup-pair">
            {input('pin', text('setup.secondPin'), text('setup.pinHelp'))}
            {input('pinAgain', text('setup.secondPinAgain'))}
          </div>
        </fieldset>
      )}
    </>
  )
}
