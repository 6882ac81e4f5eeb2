// The one table as it stands in the running app: what a page can reach, what it cannot, and what bad input gets.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contract, events } from '@shared/ipc/contract.ts'
import { namesFor } from '@shared/ipc/define.ts'
import { expect, test } from '../hosts/test.ts'
import { callBridge } from './bridge.ts'
import { callVault, portsTaken, takeVaultPort } from './vault-port.ts'

interface Bridge {
  on(event: string, hear: () => void): () => void
}

test('2.4 the surface of the page is this and nothing more', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const surface = await page.evaluate(() => {
    const bridge = (window as unknown as { fumibako: object }).fumibako
    return Object.entries(bridge).map(([name, value]) => `${name}: ${typeof value}`)
  })
  expect(surface).toEqual(['call: function', 'on: function'])
  expect(namesFor(contract, 'page')).toEqual([
    'app.info',
    'app.unsaved',
    'session.status',
    'session.unlock',
    'session.lock',
    'session.changePin',
    'session.rehearse',
    'setup.samplePeople',
    'setup.createWorkspace',
    'setup.recoverPeople',
    'setup.recover',
    'setup.saveSheet',
    'join.read',
    'join.begin',
    'join.status',
    'join.look',
    'join.leave',
    'enrolment.pending',
    'enrolment.refuse',
    'enrolment.invite',
    'settings.get',
    'settings.set',
    'sync.status',
    'sync.now',
    'sync.pause',
    'sync.setLine',
    'sync.testTarget',
    'sync.reached',
    'sync.setTarget',
    'carry.status',
    'carry.begin',
    'carry.stop',
    'network.status',
    'network.setProxy',
    'network.setAuthorities',
    'network.setClient',
    'signIn.status',
    'signIn.begin',
    'signIn.cancel',
    'posture.state',
    'posture.check',
    'posture.openSettings',
  ])
  expect(namesFor(events, 'page')).toEqual(['app.saveNow', 'app.fileOpened', 'session.changed', 'sync.changed', 'carry.changed', 'signIn.changed', 'posture.changed'])
  expect(namesFor(contract, 'consent')).toEqual(['consent.shown', 'consent.confirm', 'consent.cancel'])
})

test('2.4 4.8 channels of the vault, of consent and of Electron itself are out of the page’s reach', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const others = [...namesFor(contract, 'vault'), ...namesFor(contract, 'consent'), 'ELECTRON_BROWSER_SYNC_PROMISE', 'GUEST_VIEW_MANAGER_CALL', '__proto__', 'constructor', '']
  for (const channel of others) expect(await callBridge(page, channel, {}), channel).toBe('no such channel')
  const heard = await page.evaluate(() =>
    ['session.locked', 'fumibako:vault-port', 'app.anything', '__proto__'].map((name) => {
      try {
        ;(window as unknown as { fumibako: Bridge }).fumibako.on(name, () => undefined)
        return 'heard'
      } catch (error) {
        return (error as Error).message
      }
    }),
  )
  expect(heard).toEqual(heard.map(() => 'no such event'))
})

test('2.4 bad input gets BadRequest on every channel of the page, and the log holds the channel only', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  const canary = '入力の秘密5391'
  for (const channel of namesFor(contract, 'page')) {
    for (const input of [null, 7, canary, [canary], { unexpected: canary }]) {
      expect(await callBridge(page, channel, input), channel).toEqual({ ok: false, error: { type: 'BadRequest', retry: 'never', channel } })
    }
  }
  const log = readFileSync(join(host.profile, 'logs/fumibako.log'), 'utf8')
  expect(log).toContain('"code":"ipc.bad-request","channel":"session.unlock"')
  expect(log).not.toContain(canary)
})

test('2.4 the vault’s port comes once per load, carries only the vault’s channels and checks its input too', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  await takeVaultPort(page)
  for (const channel of [...namesFor(contract, 'page'), ...namesFor(contract, 'consent'), 'nothing.such']) {
    expect(await callVault(page, channel, {}), channel).toEqual({ ok: false, error: { type: 'BadRequest', retry: 'never', channel: 'unknown' } })
  }
  for (const channel of namesFor(contract, 'vault')) {
    expect(await callVault(page, channel, { unexpected: 1 }), channel).toEqual({ ok: false, error: { type: 'BadRequest', retry: 'never', channel } })
  }
  expect(await callVault(page, 'vault.open', {})).toEqual({ ok: false, error: { type: 'SessionLocked', retry: 'later' } })
  await page.evaluate(() => document.dispatchEvent(new Event('DOMContentLoaded')))
  await page.evaluate(() => void (location.hash = 'again'))
  await callBridge(page, 'app.info', {})
  expect(await portsTaken(page)).toBe(1)
})
