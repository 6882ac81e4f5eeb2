import { expect, it } from 'vitest'
import { createHeardClock } from './heard-clock.ts'

const noon = Date.UTC(2026, 10, 29, 12)
const header = (ms: number): string => new Date(ms).toUTCString()

it('4.5 PC-21 the median of the last five answers says how far the clock is off; one liar does not', () => {
  const heard = createHeardClock({ now: () => noon })
  expect(heard.skewMs()).toBeNull()
  for (const at of [noon - 1000, noon - 1000, noon + 3_600_000]) heard.hear(header(at), 1000)
  expect(heard.skewMs()).toBe(0)
  for (let n = 0; n < 5; n += 1) heard.hear(header(noon - 600_000), 0)
  expect(heard.skewMs()).toBe(599_500)
})

it('4.5 PC-21 hears nothing in what is no date, or came too late to say anything', () => {
  const heard = createHeardClock({ now: () => noon })
  heard.hear(null, 0)
  heard.hear('yesterday', 0)
  heard.hear('Sun, 99 Nov 2026 12:00:00 GMT', 0)
  heard.hear(header(noon), 60_000)
  expect(heard.skewMs()).toBeNull()
})
