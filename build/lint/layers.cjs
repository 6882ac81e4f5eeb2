// The import law of the house, for dependency-cruiser: which room may know which. Each rule names its law.
// Rooms are folders; crossing one is written `@shared/…`, staying inside is relative.

/** Strata of shared, from the ground up. Imports go down only. */
const strata = [['base'], ['crypto'], ['log'], ['authority', 'posture', 'document', 'filing', 'numbers', 'signing', 'search'], ['pdf', 'identity'], ['judge', 'sync', 'enrol', 'snapshot'], ['archive'], ['flow', 'ipc']]

/** What pure code may take from outside. */
const purePackages = ['@cantoo/fontkit', '@cantoo/pdf-lib', '@hpke/core', '@noble/curves', '@noble/hashes', '@scure/bip39', 'cborg', 'hash-wasm', 'intl-messageformat', 'pdf-lib', 'valibot', 'y-protocols', 'yjs']

const tests = '\\.(test|e2e)\\.tsx?$|(^|/)testing/|^e2e/|^build/'
const folder = (/** @type {readonly string[]} */ names) => `^shared/(${names.join('|')})/`
const packages = (/** @type {readonly string[]} */ names) => {
  const any = names.map((name) => name.replace(/[./]/g, '\\$&')).join('|')
  return `(^|/)node_modules/(@types/)?(${any})(/|$)|^(${any})$`
}

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const upward = strata.slice(0, -1).map((names, level) =>
  rule(`1-strata-${level}`, 'shared imports downwards only', { path: folder(names), pathNot: tests }, { path: folder(strata.slice(level + 1).flat()) }),
)

// Nouns (model) and asked-for roles (ports) are what peers may know of each other; collection zero's nouns are everyone's.
const peers = strata.map((names, level) =>
  rule(`1-peers-${level}`, 'folders of one stratum meet in model.ts and ports.ts only', { path: `^shared/(${names.join('|')})/`, pathNot: tests }, { path: folder(names), pathNot: ['^shared/$1/', '/(model|ports)\\.ts$'] }),
)

module.exports = {
  forbidden: [
    rule('1-shared-is-pure', 'shared knows no other room', { path: '^shared/', pathNot: tests }, { path: '^(electron|renderer|build|e2e)/' }),
    rule('1-shared-packages', 'shared takes only pure packages', { path: '^shared/', pathNot: tests }, { path: '(^|/)node_modules/', pathNot: packages(purePackages) }),
    rule('1-shared-no-node', 'shared has no Node', { path: '^shared/', pathNot: tests }, { dependencyTypes: ['core'] }),
    ...upward,
    ...peers,
    rule('2-sync-is-blind', 'sync carries sealed objects and knows no document', { path: '^shared/sync/' }, { path: folder(['document', 'signing', 'filing', 'pdf', 'search']) }),
    rule('3-pdf-lib', 'pdf-lib and fontkit in shared/pdf only', { pathNot: [tests, '^shared/pdf/'], path: '^(shared|electron|renderer)/' }, { path: packages(['pdf-lib', '@cantoo/pdf-lib', '@cantoo/fontkit']) }),
    rule('3-dexie', 'dexie in renderer/vault/dexie only', { pathNot: [tests, '^renderer/vault/dexie/'], path: '^(shared|electron|renderer)/' }, { path: packages(['dexie']) }),
    rule('3-react', 'react where screens are made', { path: '^(shared|electron|renderer)/', pathNot: [tests, '^renderer/(app|features|consent|ui|services)/', '^renderer/main\\.tsx$'] }, { path: packages(['react', 'react-dom', 'react-aria-components']) }),
    rule('3-electron', 'electron in the shell only', { path: '^(shared|electron|renderer)/', pathNot: [tests, '^electron/preload/', '^electron/main/(main|compose[a-z-]*|lifecycle)\\.ts$', '^electron/main/(ipc|platform|window|keys)/'] }, { path: packages(['electron']) }),
    rule('4-electron-free', 'services, posture, cloud and the command line run in plain Node', { path: '^electron/(main/(services|posture|cloud|sign-in)|cli)/', pathNot: tests }, { path: packages(['electron']), reachable: true }),
    rule('5-preload', 'a preload imports electron and the contract', { path: '^electron/preload/' }, { pathNot: [packages(['electron']), '^shared/ipc/', '^electron/preload/'] }),
    rule('5-renderer-not-electron', 'renderer and electron meet in shared/ipc', { path: '^renderer/' }, { path: ['^electron/', packages(['electron'])] }),
    rule('5-electron-not-renderer', 'renderer and electron meet in shared/ipc', { path: '^electron/' }, { path: '^renderer/' }),
    rule('5-renderer-no-node', 'the renderer has no Node', { path: '^renderer/', pathNot: tests }, { dependencyTypes: ['core'] }),
    rule('6-features-apart', 'a feature knows no other feature', { path: '^renderer/features/([^/]+)/' }, { path: '^renderer/features/', pathNot: '^renderer/features/$1/' }),
    rule('6-features-ask-services', 'a feature asks services', { path: '^renderer/features/' }, { path: ['^renderer/(vault|app|consent)/', '^shared/flow/'] }),
    rule('6-ui-alone', 'ui knows no domain', { path: '^renderer/ui/', pathNot: tests }, { path: '^(shared|renderer|electron)/', pathNot: '^renderer/ui/' }),
    rule('7-compose-makes-adapters', 'adapters are made in compose.ts only', { path: '^electron/', pathNot: [tests, '^electron/main/compose[a-z-]*\\.ts$', '^electron/main/(keys|posture|cloud|sign-in)/'] }, { path: '^electron/main/(keys|posture|cloud|sign-in)/', dependencyTypesNot: ['type-only'] }),
    rule('7-no-tests-in-product', 'product code never imports tests', { path: '^(shared|electron|renderer)/', pathNot: tests }, { path: ['\\.test\\.tsx?$', '(^|/)testing/', '^e2e/', '^build/'], pathNot: '(^|/)node_modules/' }),
    rule('8-no-cycles', 'no cycles', { path: '^(shared|electron|renderer|e2e)/' }, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('8-inside-relative', 'inside shared, imports are relative', { path: '^shared/' }, { path: '^shared/', dependencyTypes: ['aliased'] }),
    rule('8-across-alias', 'across rooms, imports are written @shared/…', { path: '^(electron|renderer|e2e|build)/' }, { path: '^shared/', dependencyTypesNot: ['aliased'] }),
    rule('8-resolvable', 'every import exists', { path: '^(shared|electron|renderer|e2e)/' }, { couldNotResolve: true, pathNot: '\\.css$|^original-fs$' }),
  ],
}
