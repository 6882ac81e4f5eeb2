// A morning's work in the office: so many documents drafted, decided by two people with their marks, and filed into one volume.

import type { Office } from './office.ts'
import { collection, deciders, drafter, subject } from './roles.ts'

const classNode = 'A-01-02'
const retention = 'y5'

export interface Photograph {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Each document gets one photograph in turn. The value names the volume. */
export async function workThrough(office: Office, documents: number, photographs: readonly Photograph[]): Promise<string> {
  const clerk = await office.sit(drafter.person)
  const ids: string[] = []
  for (let n = 1; n <= documents; n++) {
    const { id } = await clerk.done('createDraft', { form: 't1', collection, position: drafter.position })
    const cover = {
      title: `${subject}（その${n}）`,
      inquiry: `別添の写真のとおり修繕してよろしいか伺います（第${n}号）。`,
      reason: '経年により傷みが進んでいるため。',
      classNode,
      retention,
      disclosure: 'open',
      personalInfo: 'none',
    }
    for (const [field, value] of Object.entries(cover)) await clerk.done('setCover', { id, field, value })
    const photograph = photographs[n % photographs.length]
    if (photograph) await clerk.done('attach', { id, name: photograph.name, mediaType: 'image/jpeg', bytes: withNumber(photograph.bytes, n) })
    await clerk.done('submit', { id, position: drafter.position, decisionClass: 'hei', concurrence: [] })
    ids.push(id)
  }
  for (const { person, position } of deciders) {
    const desk = await office.sit(person)
    for (const id of ids) await desk.done('act', { id, act: 'approve', step: null, position, comment: '異議なし' })
  }
  const registry = await office.sit(drafter.person)
  const volume = { node: classNode, title: '庁舎修繕', publicTitle: '', retentionClass: retention, fiscalYear: 2026, location: '書庫', collection, position: drafter.position }
  const { id } = await registry.done('createVolume', volume)
  for (const document of ids) await registry.done('fileDocument', { id: document, volume: id, position: drafter.position })
  return id
}

/** The same picture with another ending, so that no two attachments are the same file; viewers ignore what follows the image. */
function withNumber(bytes: Uint8Array, n: number): Uint8Array {
  const ending = new TextEncoder().encode(`${n}`)
  const out = new Uint8Array(bytes.length + ending.length)
  out.set(bytes)
  out.set(ending, bytes.length)
  return out
}
