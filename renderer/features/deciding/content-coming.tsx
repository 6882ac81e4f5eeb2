// The content of a document is not on this device and is being brought: how much, and a way to stop waiting.

import type { ReactNode } from 'react'
import { useJob } from '../../services/use-job.ts'
import { useCommand } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import { formatSize } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'

export function ContentComing({ id }: { readonly id: string }): ReactNode {
  const text = useText()
  const job = useJob(`content:${id}`)
  const cancel = useCommand('cancelJob')
  if (job === null) return null
  return (
    <div className="content-coming">
      <Progress label={text.code('phase', job.phase)} text={text('content.coming', { done: formatSize(job.done), total: formatSize(job.total) })} done={job.done} total={job.total} />
      <Button onPress={() => void cancel.run({ job: job.id })} disabled={cancel.busy}>
        {text('content.stop')}
      </Button>
    </div>
  )
}
