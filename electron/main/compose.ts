// The composition root: the only file of main that makes adapters and hands them to each other. Long and dull on purpose;
// it decides nothing but who gets what.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, Menu, powerMonitor, session as sessions } from 'electron'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { err, ok } from '@shared/base/result.ts'
import { formatWareki } from '@shared/base/wareki.ts'
import { contract } from '@shared/ipc/contract.ts'
import type { AppInfo } from '@shared/ipc/contract/app.ts'
import { createServe, type ServeDeps } from '@shared/ipc/serve.ts'
import { createPace } from '@shared/sync/bandwidth.ts'
import { openStorage, storageTargetOf } from './cloud/open-storage.ts'
import { createAgents } from './cloud/agents.ts'
import { readText } from './cloud/read-text.ts'
import { createWire } from './cloud/wire.ts'
import { composePosture } from './compose-posture.ts'
import { exchange, usualPatience } from './cloud/exchange.ts'
import { bindIpc } from './ipc/bind.ts'
import { createJobs } from './ipc/jobs.ts'
import { createVaultPorts } from './ipc/vault-port.ts'
import { createHeardClock } from './posture/heard-clock.ts'
import { runLifecycle, stopOnDefect, within } from './lifecycle.ts'
import { composeKeys } from './compose-keys.ts'
import { exportFolder } from './platform/process.ts'
import { createLogFile } from './platform/log-file.ts'
import { watchPower } from './platform/power.ts'
import { openExternal } from './platform/open-external.ts'
import { createSaveDialog } from './platform/save-dialog.ts'
import { askProxyScript, systemProxy } from './platform/system-proxy.ts'
import { createTray } from './platform/tray.ts'
import { words } from './platform/words.ts'
import type { SessionLock } from './ports.ts'
import { createCarryService } from './services/carry-service.ts'
import { createCertificateIssuer } from './services/certificates.ts'
import { createContact } from './services/contact.ts'
import { writeDurably } from './services/durable-file.ts'
import { createEraser } from './services/erase-device.ts'
import { createExportSink } from './services/export-sink.ts'
import { askMetered, runProgram } from './services/metered-line.ts'
import { createNetworkService, systemStores } from './services/network-service.ts'
import { nodeHost, systemClock } from './services/node-host.ts'
import { nodeSinkDisk } from './services/node-sink-disk.ts'
import { createObjectStores, tellingStore } from './services/object-store.ts'
import { recoverySheetsHtml, sheetFonts } from './services/recovery-sheet.ts'
import { pinCost } from './services/seat-file.ts'
import { createSettingsFile } from './services/settings.ts'
import { createSignInService } from './services/sign-in-service.ts'
import { createSystemScript } from './services/system-script.ts'
import { createSyncService, type SyncDeps } from './services/sync-service.ts'
import { choiceOf } from './services/sync-target.ts'
import { createReplacedNotes } from './services/replaced-notes.ts'
import { createTurns } from '@shared/base/turns.ts'
import { createUnsaved } from './services/unsaved.ts'
import { createWorkspaceSession } from './services/workspace-session.ts'
import { attemptSignIn } from './sign-in/attempt.ts'
import { readManaged } from './sign-in/managed-config.ts'
import { refreshSignIn, type Ask } from './sign-in/provider-client.ts'
import { consentOrigin, mainOrigin } from './window/app-path.ts'
import { serveFolders } from './window/app-protocol.ts'
import { createConsentWindow } from './window/consent-window.ts'
import { mainPolicy } from './window/csp.ts'
import { createMainWindow } from './window/main-window.ts'
import { guardNavigation } from './window/navigation-guard.ts'
import { denyAll } from './window/permissions.ts'
import { createPaperPrinter } from './window/paper-window.ts'
import { createPrintWindow } from './window/print-window.ts'

/** Nothing is kept of an upload, nothing told of a folder. */
const deaf = { uploads: null, conflict: () => undefined }
/** How long locking waits for edits on their way to the disk. */
const saveBeforeLockMs = 2_000
/** How long somebody who wants to open a seat waits for a storage that has to be reached first. */
const reachBeforeOpenMs = 60_000

export async function compose(): Promise<void> {
  const folder = app.getPath('userData')
  const pages = join(app.getAppPath(), 'renderer')
  const icon = join(app.getAppPath(), 'icon.png')
  const log = createLogFile(join(folder, 'logs'))
  const settings = createSettingsFile(join(folder, 'settings.json'))
  const language = (): 'ja' | 'en' => settings.get().language
  stopOnDefect(log, language)
  guardNavigation((kind) => log.note('refused', { kind }))
  Menu.setApplicationMenu(null)

  const jobs = createJobs()
  const serveDeps: ServeDeps = {
    refused: (channel) => log.note('ipc.bad-request', { channel }),
    defect: log.defect,
    track: jobs.track,
  }
  const unsaved = createUnsaved()
  let unlocked = false
  let sitting: string | null = null
  let erasedAt: number | null = null
  const info = readInfo()
  const eraser = createEraser({ folder, clock: systemClock, profile: { forget: () => profile.forget(), close: () => profile.close() }, clearPages: () => sessions.defaultSession.clearStorageData() })

  denyAll(sessions.defaultSession, [`${mainOrigin}/`, `blob:${mainOrigin}/`, 'data:'])
  const pageFolders = [{ prefix: 'consent/', folder: null }, { prefix: 'paper/', folder: null }, { prefix: '', folder: pages }]
  serveFolders(sessions.defaultSession, { origin: mainOrigin, policy: mainPolicy, folders: pageFolders })
  const printer = createPrintWindow(join(pages, 'fonts'))
  const consent = createConsentWindow({
    folder: join(pages, 'consent'),
    fonts: join(pages, 'fonts'),
    preload: join(app.getAppPath(), 'consent-preload.cjs'),
    parent: () => main.window(),
    language,
    zoom: () => settings.get().zoom,
  })

  const storeOf = createObjectStores(folder)
  const { profile, keys, keysFrom } = await composeKeys(join(folder, 'workspace'), log)
  // Node's own network: Chromium's resolves no name in this app, so that no page of ours can reach out (SECURITY.md).
  const timers = {
    after(ms: number, act: () => void) {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  }
  const unpaced = async (): Promise<void> => undefined
  const network = createNetworkService({ profile, surroundings: { env: process.env, systemProxy, systemScript: createSystemScript(process.platform, runProgram, systemClock) }, clock: systemClock, evaluate: askProxyScript, readTextOver: (agentFor) => (address) => readText(createWire({ agentFor, up: unpaced, down: unpaced }), address), stores: systemStores, isOpen: () => unlocked, createAgents })
  const paceOf = (way: 'up' | 'down') => createPace(systemClock, timers, () => sync.line()[way])
  const contact = createContact(profile, systemClock)
  const replaced = createReplacedNotes(profile)
  const heard = createHeardClock(systemClock)
  const wire = { fetch: createWire({ agentFor: network.agentFor, up: paceOf('up'), down: paceOf('down'), heard: heard.hear }), clock: systemClock }
  const posture = composePosture({ profile, keys, keysFrom, folder, heard, timers, token: () => signIn.token(), changed: (view) => main.emit('posture.changed', view) })
  const open: SyncDeps['openStorage'] = (choice, workspace, founding, heard) => openStorage(storageTargetOf(choice, founding), workspace, { ...wire, token: () => signIn.token(), ...heard })
  const unpacedWire = createWire({ agentFor: network.agentFor, up: unpaced, down: unpaced })
  const ask: Ask = (question, signal) => exchange(unpacedWire, question, signal, usualPatience)
  const provider = { ask, host: nodeHost, now: systemClock.now }
  const closing = () => ({ done: words[language()].signedIn, notExpected: words[language()].notExpected })
  const signIn = createSignInService({
    profile,
    clock: systemClock,
    timers,
    managed: () => readManaged(process.platform, runProgram, info.testRuntime),
    attempt: (managed, keys, signal) => attemptSignIn({ ...provider, openExternal, pages: closing }, managed, keys, signal),
    refresh: (managed, refreshToken, signal) => refreshSignIn(provider, managed, refreshToken, signal),
    openSeat: () => sitting,
    lock: () => locking.lock('person'),
    changed(seat, status) {
      main.emit('signIn.changed', { seat, status })
      if (status.state !== 'waiting') void posture.measure()
    },
    note: log.note,
  })
  const session = createWorkspaceSession({
    host: nodeHost,
    clock: systemClock,
    profile,
    keys,
    device: posture,
    storeOf: (workspace) =>
      tellingStore(storeOf(workspace), (name) => {
        sync.wrote(name)
        carrying.wrote(name)
      }),
    issuer: createCertificateIssuer(nodeHost),
    sample: sampleTown,
    cost: pinCost,
    async printSheets(facts) {
      const printed = await printer.render({ html: recoverySheetsHtml({ ...facts, date: formatWareki(facts.date) }), baseFonts: [...sheetFonts] })
      if (!printed.ok) throw new Error(`the recovery sheets could not be printed: ${printed.error.type}`)
      return printed.value.pdf
    },
    storages: {
      placeOf: async () => sync.place(),
      open(words, workspace, access) {
        const choice = choiceOf(words, access)
        return choice ? open(choice, workspace, false, deaf) : err({ type: 'StorageAddressUnusable', retry: 'never' })
      },
      async keep(words, access) {
        const choice = choiceOf(words, access)
        if (choice) await sync.joined(choice)
      },
    },
    signIn,
    isFrozen: () => sync.isFrozen(),
    contact: { ...contact, reach: async () => void (await within(reachBeforeOpenMs, sync.reach())) },
    storage: { doubts: () => sync.doubts(), settle: () => sync.settle() },
    replaced,
    isLaneSure: () => sync.isLaneSure(),
    tellLost: () => sync.tellLost(),
    desk: consent.desk,
    dialog: createSaveDialog(() => main.window(), language, exportFolder()),
    sink: createExportSink(nodeSinkDisk, nodeHost.random),
    paper: createPaperPrinter(join(pages, 'paper'), () => main.window().webContents),
    saveFile: (path, bytes) => writeDurably(path, bytes).then(
      () => true,
      () => false,
    ),
    changed(status, reason) {
      const locked = unlocked && status.state !== 'unlocked'
      unlocked = status.state === 'unlocked'
      sitting = status.state === 'unlocked' ? status.seat.seat : null
      sync.pace(unlocked ? 'active' : 'locked')
      // The page begins anew, and with it ends every key and text its worker held; main does it, whatever the page thinks of it.
      if (locked && reason !== 'quit') void main.renew()
      else main.emit('session.changed', { status, reason })
    },
  })

  let isErasing = false
  const eraseHere = async (): Promise<void> => {
    isErasing = true
    await locking.lock('person')
    await carrying.stop()
    await sync.abandon()
    await eraser.erase()
    log.note('device.erased')
    app.quit()
  }
  const moving = {
    host: nodeHost,
    clock: systemClock,
    timers,
    log,
    profile,
    keys,
    devices: session.devices,
    lost: session.lost,
    replaced,
    lostHere: () => {
      if (!isErasing) void eraseHere()
    },
    isOpen: () => unlocked,
    contact,
    inTurn: createTurns(),
    async arrived() {
      await session.arrived()
      vault.emit('sync.arrived', null)
    },
    snapshotCame: async () => vault.emit('snapshots.came', null),
  }
  const sync = createSyncService({
    ...moving,
    // What comes over the network is carried on by hand, and the other way round.
    storeOf: (workspace) => tellingStore(storeOf(workspace), (name) => carrying.wrote(name)),
    openStorage: open,
    silence: () => session.silence(),
    metered: () => askMetered(runProgram),
    contentCame: () => vault.emit('content.came', null),
    reached: () => vault.emit('sync.reached', null),
    async copied() {
      if (session.openSeat() !== null) await locking.lock('person')
      await session.renewLanes()
    },
    changed: (status) => main.emit('sync.changed', status),
  })
  const carrying = createCarryService({
    ...moving,
    storeOf: (workspace) => tellingStore(storeOf(workspace), (name) => sync.wrote(name)),
    openFolder: (address, workspace, founding) => open({ kind: 'folder', address }, workspace, founding, deaf),
    changed: (status) => main.emit('carry.changed', status),
  })

  const saved = (): Promise<void> => {
    main.emit('app.saveNow', null)
    return unsaved.none()
  }
  const locking: SessionLock = {
    openSeat: session.openSeat,
    async lock(reason) {
      consent.desk.withdraw()
      await within(saveBeforeLockMs, saved())
      vault.emit('session.locked', { reason })
      await session.lock(reason)
    },
  }
  const servePage = createServe(
    contract,
    'page',
    {
      app: {
        info: async () => ok({ ...info, erasedAt }),
        async unsaved({ count }) {
          unsaved.report(count)
          return ok(null)
        },
      },
      session: {
        ...session.page.session,
        async unlock(input) {
          // Our page asks only while nobody sits here; another script's try ends who sat, with the vault's keys.
          if (session.openSeat() !== null) await locking.lock('person')
          return session.page.session.unlock(input)
        },
        async lock() {
          const wasOpen = session.openSeat() !== null
          await locking.lock('person')
          // Also a page that is not open but broken begins anew when it asks to.
          if (!wasOpen) void main.renew()
          return ok(null)
        },
      },
      setup: session.page.setup,
      sync: sync.page,
      carry: carrying.page,
      network: network.page,
      posture: posture.page.posture,
      signIn: signIn.page,
      join: session.page.join,
      enrolment: session.page.enrolment,
      settings: {
        get: async () => ok(settings.get()),
        async set(next) {
          settings.set(next)
          main.apply(next)
          return ok(next)
        },
      },
    },
    serveDeps,
  )
  const serveVault = createServe(
    contract,
    'vault',
    { ...session.vault, content: { ...session.vault.content, ...sync.content }, snapshots: { ...session.vault.snapshots, covered: sync.covered }, signIn: signIn.vault, print: { ...session.vault.print, render: printer.render } },
    serveDeps,
  )
  const serveConsent = createServe(contract, 'consent', consent.handlers, serveDeps)
  bindIpc({ table: contract, audience: 'page', serve: servePage, origin: mainOrigin, contentsId: () => main.contentsId(), log })
  bindIpc({ table: contract, audience: 'consent', serve: serveConsent, origin: consentOrigin, contentsId: consent.contentsId, log })
  const vault = createVaultPorts(mainOrigin, serveVault, () => consent.desk.withdraw())

  const endWatch = watchPower(locking, powerMonitor)
  const tray = createTray(icon, language(), { open: () => main.show(), lock: () => void locking.lock('person'), quit: () => app.quit() })
  const lifecycle = runLifecycle({
    log,
    jobs,
    session: locking,
    async sent() {
      await carrying.stop()
      await sync.close()
    },
    show: () => main.show(),
    fileOpened: (path) => main.emit('app.fileOpened', { path }),
    saved,
    release() {
      endWatch()
      posture.stop()
      signIn.stop()
      consent.desk.withdraw()
      tray?.destroy()
    },
  })
  const main = createMainWindow({
    session: sessions.defaultSession,
    preload: join(app.getAppPath(), 'preload.cjs'),
    icon,
    quitting: lifecycle.quitting,
    quit: () => app.quit(),
    opened: vault.grant,
    async gone(reason) {
      log.note('page.gone', { reason })
      unsaved.report(0)
      await locking.lock('person')
    },
  })
  main.apply(settings.get())
  erasedAt = await eraser.finish()
  await main.load()
  posture.start()
  await network.start()
  await sync.start()
  await carrying.start()
  lifecycle.openFirstFile()
}

function readInfo(): Omit<AppInfo, 'erasedAt'> {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    testRuntime: runtimeKind() !== 'official',
    platform: process.platform,
  }
}

/** Written beside the code when the app is packaged; without it nobody vouches for the runtime. */
function runtimeKind(): string {
  try {
    return (JSON.parse(readFileSync(join(app.getAppPath(), 'runtime.json'), 'utf8')) as { runtime: string }).runtime
  } catch {
    return 'unknown'
  }
}
