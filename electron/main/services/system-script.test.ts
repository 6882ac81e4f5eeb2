import { describe, expect, it } from 'vitest'
import type { RunProgram } from './metered-line.ts'
import { createSystemScript } from './system-script.ts'

const pac = 'http://proxy.town.lg.jp/proxy.pac'

/** The address that a system says by these answers, and what was asked of it. */
async function said(platform: string, answers: Readonly<Record<string, string>>): Promise<{ readonly address: string | null; readonly asked: readonly string[] }> {
  const asked: string[] = []
  const run: RunProgram = async (program, args) => {
    const line = [program, ...args].join(' ')
    asked.push(line)
    return Object.entries(answers).find(([end]) => line.endsWith(end))?.[1] ?? null
  }
  return { address: await createSystemScript(platform, run, { now: () => 0 })(), asked }
}

describe('3.4 where the system says that a proxy script lies', () => {
  it('3.4 takes GNOME’s, where it is set to decide by one', async () => {
    expect(await said('linux', { 'proxy mode': "'auto'\n", 'autoconfig-url': `'${pac}'\n` })).toEqual({ address: pac, asked: ['/usr/bin/gsettings get org.gnome.system.proxy mode', '/usr/bin/gsettings get org.gnome.system.proxy autoconfig-url'] })
    for (const mode of ["'none'\n", "'manual'\n", '']) expect((await said('linux', { 'proxy mode': mode, 'autoconfig-url': `'${pac}'\n` })).address).toBeNull()
    for (const url of ["''\n", "'nonsense'\n", "'ftp://a/b'\n", "'file:///etc/passwd'\n"]) expect((await said('linux', { 'proxy mode': "'auto'\n", 'autoconfig-url': url })).address).toBeNull()
    expect((await said('linux', {})).address).toBeNull()
  })

  it('3.4 takes that of Windows and of macOS (by their documentation, not run there)', async () => {
    expect((await said('win32', { AutoConfigURL: `\r\nHKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\r\n    AutoConfigURL    REG_SZ    ${pac}\r\n\r\n` })).address).toBe(pac)
    const scutil = (enabled: 0 | 1): string => `<dictionary> {\n  ExceptionsList : <array> {\n    0 : *.local\n  }\n  ProxyAutoConfigEnable : ${enabled}\n  ProxyAutoConfigURLString : ${pac}\n}\n`
    expect([(await said('darwin', { '--proxy': scutil(1) })).address, (await said('darwin', { '--proxy': scutil(0) })).address]).toEqual([pac, null])
  })

  it.each([
    ['that answered once a minute', '', [[0, 1], [59_999, 1], [60_000, 2], [10_000, 3]]],
    ['that did not answer every five seconds', null, [[0, 1], [4_999, 1], [5_000, 2], [1_000, 3]]],
  ] as const)('3.4 asks a system %s, also when the clock is put back', async (_how, answer, times) => {
    let [now, asked] = [0, 0]
    const ask = createSystemScript('darwin', async () => (asked += 1, answer), { now: () => now })
    for (const [at, count] of times) {
      now = at
      await ask()
      expect([at, asked]).toEqual([at, count])
    }
  })

  it('3.4 finds the script after the system was silent once', async () => {
    let now = 0
    const answers: (string | null)[] = [null, "'auto'\n", `'${pac}'\n`]
    const ask = createSystemScript('linux', async () => answers.shift() ?? null, { now: () => now })
    expect(await ask()).toBeNull()
    now = 5_000
    expect(await ask()).toBe(pac)
  })
})
