import { describe, expect, it } from 'vitest'
import type { CabinetNode, DocumentView, VolumeView } from '../../services/view-models.ts'
import { fiscalYearOf, fiscalYears, flattenNodes, mayExportYear, suitableVolumes, volumesUnder } from './cabinet-model.ts'

const volume = (id: string, fiscalYear: number, closed = false) => ({ id, fiscalYear, closed }) as VolumeView
const node = (code: string, level: 1 | 2 | 3, children: readonly CabinetNode[], volumes: readonly VolumeView[] = []): CabinetNode => ({ code, label: `分類${code}`, level, children, volumes })
const cabinet = [node('A', 1, [node('A-01', 2, [node('A-01-01', 3, [], [volume('v1', 2025), volume('v2', 2026)]), node('A-01-02', 3, [], [volume('v3', 2026), volume('v4', 2026, true)])])])]

describe('the cabinet', () => {
  it('knows the path to each node and the volumes below', () => {
    expect(flattenNodes(cabinet).map(({ path }) => path.length)).toEqual([1, 2, 3, 3])
    expect(cabinet.flatMap(volumesUnder).map((one) => one.id)).toEqual(['v1', 'v2', 'v3', 'v4'])
    expect(fiscalYears(cabinet)).toEqual([2026, 2025])
  })

  it('2.12 offers open volumes, those of the classification on the cover first', () => {
    const view = { cover: [{ field: 'classNode', values: ['A-01-02'] }] } as unknown as DocumentView
    expect(suitableVolumes(cabinet, view).map(({ volume: one, fits }) => [one.id, fits])).toEqual([['v3', true], ['v1', false], ['v2', false]])
  })

  it('2.13 a year is offered for export when it holds something that may be taken out', () => {
    const held = (id: string, year: number, mayExport: boolean, documents: number) => ({ ...volume(id, year), mayExport, documents: Array.from({ length: documents }, () => ({})) }) as unknown as VolumeView
    const nodes = [node('A', 1, [node('A-01', 2, [node('A-01-01', 3, [], [held('v1', 2025, true, 1), held('v2', 2026, false, 1), held('v3', 2027, true, 0)])])])]
    expect([2025, 2026, 2027, 2028].map((year) => mayExportYear(nodes, year))).toEqual([true, false, false, false])
  })

  it('turns the fiscal year at midnight of 1 April in Japan', () => {
    expect(fiscalYearOf(Date.parse('2026-03-31T14:59:59Z'))).toBe(2025)
    expect(fiscalYearOf(Date.parse('2026-03-31T15:00:00Z'))).toBe(2026)
  })
})
