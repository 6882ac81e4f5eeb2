// What the shipped binary refuses before any of our code runs: fuses read back from the file, and tried.
import { join } from 'node:path'
import fuses from '@electron/fuses'
import { openAccount } from '../hosts/account.ts'
import { holdProcess } from '../hosts/child-process.ts'
import { expect, test } from '../hosts/test.ts'

const { FuseV1Options, getCurrentFuseWire } = fuses
const enabled = '1'.charCodeAt(0)

test('2.4 the fuses of the packaged binary are as written in SECURITY.md', async ({ appFolder }) => {
  const wire = await getCurrentFuseWire(join(appFolder, 'fumibako'))
  const state = (option: number): boolean => Number(wire[option as keyof typeof wire]) === enabled
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    onlyLoadAppFromAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    browserSnapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocolPrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    onlyLoadAppFromAsar: true,
    browserSnapshot: false,
    fileProtocolPrivileges: false,
  })
})

test('2.4 the binary is no Node for anybody, whatever the surroundings say', async ({ launchApp, appFolder }) => {
  const account = openAccount((await launchApp()).profile, 'nobody')
  const program = [...account.become, join(appFolder, 'fumibako')]
  const asNode = holdProcess([...program, `--user-data-dir=${account.profile}`, '-e', 'console.log("ran as node")'], { ...account.env, ELECTRON_RUN_AS_NODE: '1' })
  expect(await asNode.ended).toBe(0)
  expect(asNode.logs()).not.toContain('ran as node')
})

test('2.4 no inspector opens and NODE_OPTIONS is not heard', async ({ launchApp }) => {
  const host = await launchApp({ args: ['--inspect=0', '--inspect-brk=0'], env: { NODE_OPTIONS: '--require=/nonexistent-canary.cjs' } })
  const page = await host.page()
  expect(await page.evaluate(() => isSecureContext)).toBe(true)
  expect(host.logs()).not.toMatch(/Debugger listening|nonexistent-canary/)
})
