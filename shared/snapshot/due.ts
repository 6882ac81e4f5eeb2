// SN-20: when a machine that has taken in everything writes a snapshot. Whoever comes first does; two that come at once do no harm.

/** Data: after how many records that no snapshot covers a new one is worth its bytes. */
export interface SnapshotRule {
  /** At least so many records. */
  readonly records: number
  /** And at least this share of what there is (0 to 1), so that all snapshots of a growing collection weigh a few times the last one. */
  readonly share: number
}

export const usualRule: SnapshotRule = { records: 200, share: 0.1 }

/** `here`: records taken in. `covered`: records of the furthest snapshot that anybody is known to hold out. */
export function isSnapshotDue({ records, share }: SnapshotRule, here: number, covered: number): boolean {
  return here - covered >= Math.max(records, here * share)
}
