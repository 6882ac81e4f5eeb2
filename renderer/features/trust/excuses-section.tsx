// One check of one device, excused until a day: which there are, and for administrators excusing another one or ending it.

import { type ReactNode, useState } from 'react'
import { checkIds, longestExceptionDays, type CheckId } from '@shared/posture/model.ts'
import { shownIdLetters } from '@shared/posture/device-words.ts'
import { namesInWords } from '../../services/machine-words.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { DeviceRow, ExcuseRow } from '../../services/trust-models.ts'
import { formatDate } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import { SelectInput } from '../../ui/choice.tsx'
import { TextInput } from '../../ui/field.tsx'
import { ReasonSheet } from '../../services/reason-sheet.tsx'

interface ExcusesProps {
  readonly excuses: readonly ExcuseRow[]
  readonly devices: readonly DeviceRow[]
  readonly mayChange: boolean
}

export function ExcusesSection({ excuses, devices, mayChange }: ExcusesProps): ReactNode {
  const text = useText()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<ExcuseRow | null>(null)
  if (excuses.length === 0 && !mayChange) return null
  return (
    <section className="sheet stack-s" aria-labelledby="trust-excuses">
      <h2 id="trust-excuses">{text('excuses.title')}</h2>
      <p className="quiet">{text('excuses.lead')}</p>
      {excuses.length === 0 ? (
        <p>{text('excuses.none')}</p>
      ) : (
        <ul className="stack-s">
          {excuses.map((one) => (
            <li key={one.id} className="row">
              <span>{text('excuses.row', { device: deviceName(text, one), check: text.code('endpoint.check', one.check), to: formatDate(text.language, one.to), reason: one.reason })}</span>
              {mayChange && <Button kind="quiet" onPress={() => setEnding(one)}>{text('excuses.end')}</Button>}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <div className="row">
          <Button onPress={() => setAdding(true)}>{text('excuses.add')}</Button>
        </div>
      )}
      {adding && <AddExcuse devices={devices} onClose={() => setAdding(false)} />}
      {ending !== null && <EndExcuse excuse={ending} onClose={() => setEnding(null)} />}
    </section>
  )
}

function deviceName(text: Text, { device, people, here }: Pick<DeviceRow, 'device' | 'people' | 'here'>): string {
  return text(here ? 'excuses.deviceHere' : 'excuses.device', { device: device.slice(0, shownIdLetters), people: namesInWords(text, people) })
}

function AddExcuse({ devices, onClose }: { readonly devices: readonly DeviceRow[]; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('excuseCheck')
  const [device, setDevice] = useState<string | null>(null)
  const [check, setCheck] = useState<string | null>(null)
  const [days, setDays] = useState('7')
  const count = /^[0-9]+$/.test(days.trim()) ? Number(days) : Number.NaN
  const isWrong = !(count >= 1 && count <= longestExceptionDays)
  const go = async (reason: string): Promise<void> => {
    if (device !== null && check !== null && (await run({ device, check: check as CheckId, days: count, reason })).ok) onClose()
  }
  return (
    <ReasonSheet title={text('excuses.add')} lead={text('excuses.addLead')} go={text('council.propose')} ready={device !== null && check !== null && !isWrong} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose}>
      <SelectInput label={text('excuses.whichDevice')} emptyLabel={text('excuses.choose')} value={device} onChange={setDevice} choices={devices.filter(({ lost }) => lost === null).map((one) => ({ value: one.device, label: deviceName(text, one) }))} />
      <SelectInput label={text('excuses.whichCheck')} emptyLabel={text('excuses.choose')} value={check} onChange={setCheck} choices={checkIds.map((one) => ({ value: one, label: text.code('endpoint.check', one) }))} />
      <TextInput label={text('excuses.days')} help={text('excuses.daysHelp', { most: longestExceptionDays })} error={isWrong ? text('policy.wrong', { from: 1, to: longestExceptionDays }) : undefined} inputMode="numeric" value={days} onChange={setDays} />
    </ReasonSheet>
  )
}

function EndExcuse({ excuse, onClose }: { readonly excuse: ExcuseRow; readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { run, busy, failure } = useCommand('endExcuse')
  const go = async (reason: string): Promise<void> => {
    if ((await run({ excuse: excuse.id, reason })).ok) onClose()
  }
  return <ReasonSheet title={text('excuses.endTitle', { check: text.code('endpoint.check', excuse.check) })} lead={text('excuses.endLead')} go={text('excuses.end')} busy={busy} failure={failure} onGo={(reason) => void go(reason)} onClose={onClose} />
}
