// 不在と代決: who is away until when, and who decides in their place meanwhile.

export interface AbsenceRow {
  readonly id: string
  readonly positionTitle: string
  readonly holderName: string
  /** Who decides meanwhile; null = nobody. */
  readonly acting: { readonly title: string; readonly name: string } | null
  /** ISO civil dates, both included. */
  readonly from: string
  readonly to: string
  readonly reason: string
  /** Today is one of its days. */
  readonly holds: boolean
  /** Whoever sits here is away, or decides meanwhile. */
  readonly isMine: boolean
  /** Whoever sits here is the one who is away. */
  readonly isAway: boolean
  readonly mayEnd: boolean
}

export interface AbsentPosition {
  readonly id: string
  readonly title: string
  readonly name: string
  /** 代決順位, first to last. */
  readonly order: readonly { readonly id: string; readonly title: string; readonly name: string }[]
}

export interface AbsencesView {
  /** Of today and to come. */
  readonly rows: readonly AbsenceRow[]
  /** Of which positions whoever sits here may say that their holder is away. */
  readonly positions: readonly AbsentPosition[]
  /** Null: the town's rules of deciding say nothing of 代決. */
  readonly longestDays: number | null
  readonly today: string
}
