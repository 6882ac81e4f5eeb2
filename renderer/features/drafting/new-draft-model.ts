// What a new draft needs and what of it is settled without asking: where there is only one form, collection or position. Pure.

import type { TownView } from '../../services/view-models.ts'

export interface NewDraftChoice {
  readonly form: string | null
  readonly collection: string | null
  readonly position: string | null
}

export function mayDraft(town: TownView): boolean {
  return town.forms.length > 0 && town.me.positions.length > 0 && town.collections.some((one) => one.writable)
}

export function emptyChoice(town: TownView, collection: string | null): NewDraftChoice {
  const writable = town.collections.filter((one) => one.writable)
  return {
    form: only(town.forms),
    collection: writable.find((one) => one.id === collection)?.id ?? only(writable),
    position: only(town.me.positions),
  }
}

export function isDecided(choice: NewDraftChoice): choice is { readonly form: string; readonly collection: string; readonly position: string } {
  return choice.form !== null && choice.collection !== null && choice.position !== null
}

function only(list: readonly { readonly id: string }[]): string | null {
  return list.length === 1 ? (list[0]?.id ?? null) : null
}
