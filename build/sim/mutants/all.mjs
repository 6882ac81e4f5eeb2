// Every check of the validator that is taken out, room by room.
import { authorityMutants } from './authority.mjs'
import { documentMutants } from './document.mjs'
import { enrolMutants } from './enrol.mjs'
import { identityMutants } from './identity.mjs'
import { judgeMutants } from './judge.mjs'
import { logMutants } from './log.mjs'
import { numberMutants } from './numbers.mjs'
import { syncMutants } from './sync.mjs'

/** @type {readonly import('../mutants.mjs').MutatedFile[]} */
export const allMutants = [...judgeMutants, ...authorityMutants, ...identityMutants, ...numberMutants, ...logMutants, ...syncMutants, ...enrolMutants, ...documentMutants]
