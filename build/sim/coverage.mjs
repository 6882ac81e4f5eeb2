// The faults F1 to F34, the ways P1 to P5 in which a person of the town cheats, and the invariants I1 to I20 of the failure tests, each with what proves it: the simulation (its counter, its
// check), another test by file and words of its title, or nothing yet. `coverage.test.ts` holds the tests to their names.

/** @typedef {{ readonly id: string, readonly what: string, readonly simulated?: true, readonly elsewhere?: readonly (readonly [file: string, title: string])[], readonly missing?: string }} Row */

/** @type {readonly Row[]} */
export const faults = [
  { id: 'F1', what: 'kill at a write boundary', simulated: true, elsewhere: [['e2e/journeys/crash.e2e.ts', 'survives a power cut at any instant']] },
  { id: 'F2', what: 'torn or lost notes', simulated: true, elsewhere: [['e2e/journeys/crash.e2e.ts', 'survives a power cut at any instant']] },
  { id: 'F3', what: 'IndexedDB wiped', simulated: true, elsewhere: [['e2e/journeys/rebuild.e2e.ts', 'the next start rebuilds it']] },
  { id: 'F4', what: 'disk full', simulated: true },
  { id: 'F5', what: 'quota error', simulated: true, elsewhere: [['renderer/vault/dexie/dexie-view.contract.test.ts', 'a run that could not be written goes with the next write']] },
  { id: 'F6', what: 'half an upload, lost reply, tag that stays', simulated: true },
  { id: 'F7', what: 'delivered twice', simulated: true },
  { id: 'F8', what: 'reordered, or days late', simulated: true },
  { id: 'F9', what: 'storms of busy, refused, full', simulated: true, elsewhere: [['electron/main/cloud/http-faults.integration.test.ts', 'says busy, and for how long']] },
  { id: 'F10', what: 'clock a year off, back, frozen', simulated: true, elsewhere: [['shared/log/log.test.ts', 'the clock never goes back']] },
  { id: 'F11', what: 'virtual machine put back', simulated: true, elsewhere: [['shared/sync/checks.test.ts', 'is a copy of the profile']] },
  { id: 'F12', what: 'disk cloned on two machines', simulated: true, elsewhere: [['shared/sync/hostile.test.ts', 'goes on as a new publisher when the profile was copied']] },
  { id: 'F13', what: 'revoked device pushes old and new', simulated: true, elsewhere: [['renderer/vault/council.test.ts', 'a removed seat has no effect behind its cut on any machine'], ['shared/judge/door-checks.test.ts', 'judges at it and not at what came later']] },
  { id: 'F14', what: 'back-dated approval after revocation', simulated: true, elsewhere: [['shared/authority/votes.property.test.ts', 'removes nobody and grants nothing, whatever time it claims'], ['renderer/vault/council.test.ts', 'a removed seat has no effect behind its cut on any machine']] },
  { id: 'F15', what: 'approve, refuse, withdraw in all orders', elsewhere: [['shared/document/reduce.property.test.ts', 'every order of concurrent acts gives the same state']] },
  { id: 'F16', what: 'two registrars, lost registrar', simulated: true, elsewhere: [['shared/numbers/books.property.test.ts', 'at every seat and in every order of arrival (I6, F16)'], ['renderer/vault/numbering.integration.test.ts', 'a lost registrar is replaced by an administrator']] },
  { id: 'F17', what: 'concurrent acts of administrators', simulated: true, elsewhere: [['shared/authority/votes.property.test.ts', 'whatever four administrators do to each other, every replica ends with the same rights']] },
  { id: 'F18', what: 'new epoch while pushing', simulated: true, elsewhere: [['renderer/vault/key-ring.test.ts', 'a new document stands under the newest epoch that is held']] },
  { id: 'F19', what: 'chunk corrupt, missing, a page instead', simulated: true, elsewhere: [['shared/sync/hostile.test.ts', 'no altered, cut, swapped or foreign parcel']] },
  { id: 'F20', what: 'storage emptied, swapped, rolled back', simulated: true, elsewhere: [['shared/sync/hostile.test.ts', 'a storage that was emptied or is another one']] },
  { id: 'F21', what: 'rolled back for one reader', simulated: true, elsewhere: [['shared/sync/hostile.test.ts', 'something is withheld from it alone']] },
  { id: 'F22', what: 'two groups kept apart, then contact', simulated: true },
  { id: 'F23', what: 'frozen', simulated: true },
  { id: 'F24', what: 'a later version wrote', simulated: true, elsewhere: [['shared/judge/frozen.test.ts', 'of a later schema are kept and shown']] },
  { id: 'F25', what: 'identity provider down, key rotated, token replayed', elsewhere: [['electron/main/services/sign-in.integration.test.ts', 'where the provider cannot be asked, work goes on with the last token'], ['electron/main/sign-in/attempt.integration.test.ts', 'when the provider changes its key the next sign-in is under the new one'], ['electron/main/sign-in/attempt.integration.test.ts', 'for another seat or device of the same person is refused']] },
  { id: 'F26', what: 'posture unknown or changing', elsewhere: [['shared/judge/device-state.property.test.ts', 'whoever knew of a stricter policy counts only in the state it asks for'], ['electron/main/services/device-state.integration.test.ts', 'signs nothing that this device’s state now']] },
  { id: 'F27', what: 'clearing away races a device that is offline', simulated: true, elsewhere: [['shared/sync/clear-away.test.ts', 'a machine that was away six weeks is waited for']] },
  { id: 'F28', what: 'two compactors', elsewhere: [['shared/sync/snapshots.test.ts', 'two machines that write one at the same time do no harm']] },
  { id: 'F29', what: 'forged or huge update of a draft', elsewhere: [['renderer/vault/bodies.test.ts', 'refuses what is no update']] },
  { id: 'F30', what: 'oversize object', elsewhere: [['shared/sync/checks.test.ts', 'a parcel has the size and the index'], ['shared/log/checks.test.ts', 'at most 4 MiB']] },
  { id: 'F31', what: 'recovery while an administrator lives', elsewhere: [['shared/judge/door-checks.test.ts', 'the recovery key’s signature only']] },
  { id: 'F32', what: 'network folder disconnects, shows nothing', simulated: true },
  { id: 'F33', what: 'clock set back into an expired session', elsewhere: [['shared/judge/checks.test.ts', 'any one thing about its session']] },
  { id: 'F34', what: 'witness never comes, or colludes', simulated: true, elsewhere: [['renderer/vault/witnessing.integration.test.ts', 'F34 is held at every machine when it comes too late'], ['renderer/vault/witnessing.integration.test.ts', 'F34 is shown as held at its own machine when nobody came in time']] },
]

/** With the keys of their own seat and device: what no check of signatures tells from honest work. @type {readonly Row[]} */
export const cheats = [
  { id: 'P1', what: 'an approval dated back', simulated: true, elsewhere: [['renderer/vault/witnessing.integration.test.ts', 'F34 is held at every machine when it comes too late']] },
  { id: 'P2', what: 'two records of one number to two readers', simulated: true, elsewhere: [['shared/judge/forks.property.test.ts', 'JU-32 JU-33 is set aside from there on by every replica']] },
  { id: 'P3', what: 'an administrator decides alone', simulated: true, elsewhere: [['shared/authority/votes.property.test.ts', 'whatever four administrators do to each other, every replica ends with the same rights']] },
  { id: 'P4', what: 'a text written in another’s name', simulated: true, elsewhere: [['shared/document/texts.test.ts', 'in another lane’s name is kept, shown and never applied']] },
  { id: 'P5', what: 'more documents at once than the town lets', simulated: true, elsewhere: [['shared/judge/brake.property.test.ts', 'within an hour counts nowhere']] },
]

/** @type {readonly Row[]} */
export const invariants = [
  { id: 'I1', what: 'nothing saved is lost', simulated: true },
  { id: 'I2', what: 'all hold the same, byte for byte', simulated: true, elsewhere: [['shared/sync/meaning.test.ts', 'the same state hash on every machine']] },
  { id: 'I3', what: 'what counts is a function of the log', simulated: true, elsewhere: [['shared/judge/past.test.ts', 'in any order of arrival']] },
  { id: 'I4', what: 'no unauthorised event in any state', simulated: true, elsewhere: [['shared/judge/checks.test.ts', 'gives each act to its roles and to no other']] },
  { id: 'I5', what: 'sealed bytes never change', elsewhere: [['shared/pdf/append-signature.property.test.ts', 'a prefix of the file after']] },
  { id: 'I6', what: 'numbers unique, gaps explained', simulated: true, elsewhere: [['shared/numbers/books.property.test.ts', 'at every seat and in every order of arrival (I6, F16)']] },
  { id: 'I7', what: 'no approval counts for another revision', elsewhere: [['shared/document/reduce.property.test.ts', 'each counts or is kept with the reason']] },
  { id: 'I8', what: 'nothing after a revocation has effect', simulated: true, elsewhere: [['renderer/vault/council.test.ts', 'a removed seat has no effect behind its cut on any machine'], ['shared/judge/counted.test.ts', 'acts behind the cut leave their place in the past and nothing else'], ['shared/authority/votes.property.test.ts', 'the voice of somebody who is removed counts up to the cut']] },
  { id: 'I9', what: 'absence never deletes', simulated: true },
  { id: 'I10', what: 'nothing readable at rest', elsewhere: [['e2e/journeys/at-rest.e2e.ts', 'nothing typed is readable in any byte of the profile']] },
  { id: 'I11', what: 'a reference after its target', simulated: true },
  { id: 'I12', what: 'what was put back is told in the next round', simulated: true },
  { id: 'I13', what: 'no false alarm under an honest storage', simulated: true },
  { id: 'I14', what: 'what is quarantined is never lost', elsewhere: [['shared/judge/past.test.ts', 'holds up no lane']] },
  { id: 'I15', what: 'rest soon after faults stop', simulated: true },
  { id: 'I16', what: 'at most two requests when nothing is new', simulated: true },
  { id: 'I17', what: 'what was told is not sent again', elsewhere: [['shared/sync/engine.test.ts', 'sends nothing twice that was told']] },
  { id: 'I18', what: 'clearing away takes nothing that is reached', simulated: true, elsewhere: [['shared/sync/clear-away.test.ts', 'takes nothing that anybody lists or asks for'], ['shared/sync/clear-away.test.ts', 'makes nobody take anything']] },
  { id: 'I19', what: 'the same seed, the same trace', elsewhere: [['shared/sync/simulation.property.test.ts', 'the same trace for the same seed']] },
  { id: 'I20', what: 'policy decides alike on all replicas', elsewhere: [['shared/judge/device-state.property.test.ts', 'on every replica in any order'], ['shared/judge/checks.test.ts', 'the policy that began last of those in force']] },
]

/**
 * @param {ReadonlyMap<string, number>} struck fault → times
 * @returns {readonly string[]}
 */
export function coverageLines(struck) {
  const proof = (/** @type {Row} */ { elsewhere, missing }) => [[...new Set((elsewhere ?? []).map(([file]) => file))].join(', '), missing ? `not covered: ${missing}` : ''].filter((part) => part !== '').join('; ')
  const count = (/** @type {Row} */ { id, simulated }) => (simulated ? [...struck].reduce((sum, [fault, times]) => (fault.startsWith(`${id} `) ? sum + times : sum), 0).toLocaleString('en') : '')
  const line = (/** @type {Row} */ row, /** @type {string} */ middle) => `${row.id.padEnd(4)} ${row.what.padEnd(46)} ${middle.padStart(9)}  ${proof(row)}`.trimEnd()
  return [...faults.map((row) => line(row, count(row))), '', ...cheats.map((row) => line(row, count(row))), '', ...invariants.map((row) => line(row, row.simulated ? 'checked' : ''))]
}
