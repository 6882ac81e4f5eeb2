// Every check of the validator that is taken out, room by room.
import { authorityMutants } from './authority.mjs'
import { bagMutants } from './bags.mjs'
import { cryptoMutants } from './crypto.mjs'
import { documentMutants } from './document.mjs'
import { enrolMutants } from './enrol.mjs'
import { identityMutants } from './identity.mjs'
import { judgeMutants } from './judge.mjs'
import { logMutants } from './log.mjs'
import { numberMutants } from './numbers.mjs'
import { packageMutants } from './packages.mjs'
import { syncMutants } from './sync.mjs'

/** @type {readonly import('../mutants.mjs').MutatedFile[]} */
export const allMutants = [...judgeMutants, ...authorityMutants, ...identityMutants, ...numberMutants, ...logMutants, ...syncMutants, ...enrolMutants, ...documentMutants, ...cryptoMutants, ...bagMutants, ...packageMutants]
