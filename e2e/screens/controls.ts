// How a person handles the controls of a screen, by role and accessible name only. No screen knows a class name or a test id.
import type { Locator, Page } from '@playwright/test'

export type Place = Page | Locator

export async function press(place: Place, name: string | RegExp): Promise<void> {
  await place.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).click()
}

/** One radio button of the group with that label. */
export async function chooseRadio(place: Place, group: string, option: string | RegExp): Promise<void> {
  const radio = place.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name: option })
  await pressLabelOf(radio.first())
}

/** One option of the list that opens from the field with that label. */
export async function chooseOption(place: Place, field: string, option: string | RegExp): Promise<void> {
  await place.getByRole('button', { name: endingWith(field) }).click()
  const page = 'page' in place ? place.page() : place
  await page.getByRole('option', { name: option }).first().click()
}

/** Ticks the named boxes of a group and unticks the others. */
export async function tick(place: Place, group: string, names: readonly (string | RegExp)[]): Promise<void> {
  const boxes = place.getByRole('group', { name: group, exact: true }).getByRole('checkbox')
  for (const box of await boxes.all()) {
    const label = await labelOf(box).innerText()
    const wanted = names.some((name) => (typeof name === 'string' ? label.includes(name) : name.test(label)))
    if (wanted !== (await box.isChecked())) await pressLabelOf(box)
  }
}

export async function tickOne(place: Place, name: string | RegExp, ticked = true): Promise<void> {
  const box = place.getByRole('checkbox', typeof name === 'string' ? { name, exact: true } : { name })
  if ((await box.isChecked()) !== ticked) await pressLabelOf(box)
}

export async function fill(place: Place, label: string, value: string): Promise<void> {
  await place.getByRole('textbox', { name: label, exact: true }).fill(value)
}

/** A field whose letters are not shown. */
export async function fillSecret(place: Place, label: string | RegExp, value: string): Promise<void> {
  await place.getByLabel(label, typeof label === 'string' ? { exact: true } : {}).fill(value)
}

/** Terms and descriptions as a record. */
export async function readFacts(place: Locator): Promise<Readonly<Record<string, string>>> {
  const names = await place.getByRole('term').allInnerTexts()
  const values = await place.getByRole('definition').allInnerTexts()
  return Object.fromEntries(names.map((name, i) => [name.trim(), (values[i] ?? '').trim()]))
}

/** The control itself is drawn by its label: that is what a person presses. */
function pressLabelOf(control: Locator): Promise<void> {
  return labelOf(control).click()
}

function labelOf(control: Locator): Locator {
  return control.locator('xpath=ancestor::label')
}

function endingWith(text: string): RegExp {
  return new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
}
