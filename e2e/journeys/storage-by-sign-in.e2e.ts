// A storage that lends by the town's own sign-in: a real Ceph RGW that trusts the town's provider. No key of the storage is typed or kept.
import { findTraces } from './disk-traces.ts'
import { expect, test } from '../hosts/test.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startCephRgw } from '../servers/ceph-rgw.ts'
import { startOidcProvider } from '../servers/oidc-provider.ts'
import { complete } from './machines.ts'
import { inBrowser, machineOf } from './sign-in-steps.ts'
import { leave, openOffice, people, sitDown, writeDraft } from './steps.ts'

test('4.3 a bucket is reached by the town’s sign-in alone: who has not signed in is told to, who has sends, and no key of the storage lies on the machine @root', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const town = await startOidcProvider()
  const machine = machineOf(town)
  const ceph = await startCephRgw()
  try {
    town.account('washio')
    await ceph.makeBucket('town')
    const role = await ceph.lendTo({ issuer: town.issuer, clientId: town.clientId, fingerprint: town.fingerprint() })
    const host = await launchApp({ keyring: true, enter: machine.enter })
    await openOffice(host, [people.drafter])
    await sitDown(host, people.drafter)
    const page = await host.page()
    const [frame, settings, unlock] = [new FrameScreen(page), new SettingsScreen(page), new UnlockScreen(page)]
    const fields = { 'S3 のアドレス': ceph.endpoint, バケット: 'town', リージョン: ceph.region, 'サインインで借りる役割（ARN。なければ空のまま）': role }
    await frame.goTo('設定')
    await settings.enterStorage('S3 互換', fields)
    await page.screenshot({ path: test.info().outputPath('role.png'), fullPage: true })
    expect(await settings.tryStorage()).toContain('町のアカウントのサインインで接続します')
    await leave(host)
    await unlock.choose(people.drafter)
    await inBrowser(host, 'washio')
    await unlock.signInSays(/washio でサインインしています/)

    await sitDown(host, people.drafter)
    await frame.goTo('設定')
    await settings.enterStorage('S3 互換', fields)
    await settings.setStorage(ceph.endpoint)
    await frame.goTo('机')
    await (await writeDraft(host, { title: '融雪剤の購入について', body: '別紙のとおりとする。', collection: '総務課の文書' })).saved()
    await frame.waitForStatus(complete)
    expect((await ceph.listBucket('town')).length).toBeGreaterThan(2)
    await leave(host)
    expect(await host.quit()).toBe(0)
    expect(findTraces(host.profile, { access: ceph.accessKey, secret: ceph.secretKey }).found).toEqual([])
    expect(host.logs()).not.toContain('eyJ')
  } finally {
    machine.remove()
    await ceph.stop()
    await town.stop()
  }
})
