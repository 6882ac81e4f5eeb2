import { describe, expect, it } from 'vitest'
import { defaultRules } from './rules.ts'
import { rulesUnder, saidThresholds, stricterThresholds, thresholdNames, thresholdRanges, thresholdsOf, usualThresholds } from './model.ts'

describe('4.7 from which value on a check passes', () => {
  it('4.7 PC-6 what a town does not say is as usual, and every value reaches the checks', () => {
    expect(rulesUnder(null)).toEqual(defaultRules)
    expect(rulesUnder({})).toEqual(defaultRules)
    const all = Object.fromEntries(thresholdNames.map((name) => [name, thresholdRanges[name].to]))
    expect(rulesUnder(all)).toEqual({ ...defaultRules, lockMinutes: 60, lockDelaySeconds: 60, signatureDays: 30, builtInDays: 180, patchDays: 180, rebootDays: 60, clockMinutes: 60, freeBytes: 500 * 1024 ** 3 })
    expect([saidThresholds(usualThresholds), saidThresholds({ ...usualThresholds, patchDays: 10 })]).toEqual([null, { patchDays: 10 }])
    for (const name of thresholdNames) expect([name, usualThresholds[name] >= thresholdRanges[name].from && usualThresholds[name] <= thresholdRanges[name].to]).toEqual([name, true])
  })

  it('4.7 PC-6 of two the stricter holds value by value, also against what is usual', () => {
    expect(stricterThresholds({ lockMinutes: 10 }, { lockMinutes: 5, freeGigabytes: 3 })).toEqual({ lockMinutes: 5, freeGigabytes: 3 })
    expect(thresholdsOf(stricterThresholds({}, { lockMinutes: 60, freeGigabytes: 1 }))).toEqual(usualThresholds)
    expect(stricterThresholds()).toEqual({})
  })
})
