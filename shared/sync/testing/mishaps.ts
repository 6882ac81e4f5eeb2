// What happens to machines: they are put back to a snapshot, copied to another one, and their clocks are wrong.

import { createProcess, type Process, type World } from './world.ts'

const day = 24 * 60 * 60 * 1000

export function takeSnapshot(process: Process): void {
  process.snapshot = { disk: new Map(process.disk), notes: new Map(process.notes) }
  process.sinceSnapshot = new Set()
}

/** F11: the disk is as it was; the lane is not used again. */
export function restore(world: World, process: Process): void {
  const { snapshot } = process
  if (!snapshot) return
  world.storage.strike('F11 put back to a snapshot')
  for (const name of process.sinceSnapshot) world.atRisk.add(name)
  refill(process.disk, snapshot.disk)
  refill(process.notes, snapshot.notes)
  process.sinceSnapshot = new Set()
  process.engine = null
  process.wasCopied = true
  process.lane = `${process.lane}r`
  process.seq = 0
}

/** F12: the same device twice; the copy writes a lane of its own. */
export function clone(world: World, process: Process): void {
  if (world.processes.length >= 6) return
  world.storage.strike('F12 cloned disk')
  const copy = createProcess(`${process.id}c${world.processes.length}`, process.device, process.byNeed)
  refill(copy.disk, process.disk)
  refill(copy.notes, process.notes)
  copy.wasCopied = true
  process.wasCopied = true
  world.processes.push(copy)
}

/** F10: a year on or back, a little back, standing still, or right again. */
export function moveClock(world: World, process: Process): void {
  const what = world.chance.pick(['year on', 'year back', 'back', 'frozen', 'right'] as const)
  world.storage.strike(`F10 clock ${what}`)
  process.frozenAt = what === 'frozen' ? world.now + process.skew : null
  process.skew = what === 'year on' ? 365 * day : what === 'year back' ? -365 * day : what === 'back' ? -world.chance.below(day) : 0
}

function refill<V>(map: Map<string, V>, from: ReadonlyMap<string, V>): void {
  map.clear()
  for (const [key, value] of from) map.set(key, value)
}
