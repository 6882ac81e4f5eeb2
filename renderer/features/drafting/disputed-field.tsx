// People typed different values into one field while apart: all are shown side by side with who typed them, one person chooses, submit
// waits until then.

import type { ReactNode } from 'react'
import type { FormField } from '@shared/authority/model.ts'
import { useText } from '../../services/use-text.tsx'
import type { CoverValue, TownView } from '../../services/view-models.ts'
import { answerWords, type CoverAnswer } from '../../text/cover-words.ts'
import { formatInstant } from '../../text/dates.ts'
import { RadioInput } from '../../ui/choice.tsx'

export interface DisputedFieldProps {
  readonly field: FormField
  readonly label: string
  readonly answers: readonly CoverAnswer[]
  readonly by: CoverValue['by']
  readonly town: TownView | undefined
  readonly onChoose: (value: CoverAnswer) => void
}

export function DisputedField({ field, label, answers, by, town, onChoose }: DisputedFieldProps): ReactNode {
  const text = useText()
  const choose = (index: string): void => {
    const answer = answers[Number(index)]
    if (answer !== undefined) onChoose(answer)
  }
  const author = (at: number): string | undefined => {
    const found = by[at]
    return found && text('cover.enteredBy', { names: found.names.join('、'), at: formatInstant(text.language, found.at) })
  }
  return (
    <RadioInput
      layout="cards"
      label={label}
      error={text('cover.disputed')}
      value={null}
      onChange={choose}
      choices={answers.map((answer, i) => ({ value: String(i), label: answerWords(text, field, answer, town) || text('cover.empty'), note: author(i) }))}
    />
  )
}
