// All commands by name. A command that is missing here does not compile.

import { abandon, attach, createDraft, detach, openBody, readAttachment, setCover, updateBody } from './drafting.ts'
import { act, readPages, remark } from './deciding.ts'
import { boxedCharacters, preview, submit } from './submitting.ts'
import { createVolume, fileDocument } from './filing.ts'
import { adopt } from './adopting.ts'
import { pin } from './pinning.ts'
import { giveNumber, keepNumbers } from './numbering.ts'
import { search } from './searching.ts'
import { cancelJob, exportPackage } from './exporting.ts'
import { approveJoin, enrolSeat, settleStorage } from './enrolling.ts'
import { acknowledgeRules } from './acknowledging.ts'
import { changeDeviceRules, changePolicy, proposeAdmin, removeAdmin, removeSeat, voteFor, withdrawProposal } from './administering.ts'
import { bindAccount, nameProvider, releaseAccount } from './signing-in.ts'
import type { Command, CommandName } from './context.ts'

export const commands: { readonly [K in CommandName]: Command<K> } = {
  createDraft,
  setCover,
  openBody,
  updateBody,
  attach,
  detach,
  readAttachment,
  boxedCharacters,
  preview,
  readPages,
  submit,
  act,
  remark,
  abandon,
  createVolume,
  fileDocument,
  keepNumbers,
  giveNumber,
  search,
  pin,
  exportPackage,
  cancelJob,
  enrolSeat,
  approveJoin,
  settleStorage,
  acknowledgeRules,
  changeDeviceRules,
  proposeAdmin,
  removeAdmin,
  removeSeat,
  changePolicy,
  withdrawProposal,
  voteFor,
  nameProvider,
  bindAccount,
  releaseAccount,
  adopt,
}
