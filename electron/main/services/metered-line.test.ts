import { describe, expect, it } from 'vitest'
import { holdsBack } from './line-choice.ts'
import { askMetered } from './metered-line.ts'

describe('3.5 a metered line', () => {
  it('3.5 asks NetworkManager over the system bus, and takes whatever it does not understand for unknown', async () => {
    const asked: string[] = []
    const says = (said: string | null) => askMetered(async (program, args) => (asked.push([program, ...args].join(' ')), said))
    expect(await Promise.all(['u 1\n', 'u 3\n', 'u 2\n', 'u 4\n', 'u 0\n', 'u 17\n', 's "1"\n', '', null].map(says))).toEqual(['yes', 'yes', 'no', 'no', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'])
    expect(new Set(asked)).toEqual(new Set(['/usr/bin/busctl --system --timeout=2 get-property org.freedesktop.NetworkManager /org/freedesktop/NetworkManager org.freedesktop.NetworkManager Metered']))
  })

  it('3.5 SY-83 holds documents back where a person says so, or lets the system say so', () => {
    const held = (['never', 'told', 'always'] as const).map((metered) => (['yes', 'no', 'unknown'] as const).filter((told) => holdsBack({ metered, up: 0, down: 0 }, told)))
    expect(held).toEqual([[], ['yes'], ['yes', 'no', 'unknown']])
  })
})
