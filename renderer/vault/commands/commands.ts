// All commands by name. A command that is missing here does not compile.

import { abandon, adoptDraft, attach, createDraft, detach, openBody, readAttachment, setCover, updateBody } from './drafting.ts'
import { act, postReview, readPages, remark } from './deciding.ts'
import { boxedCharacters, preview, submit } from './submitting.ts'
import { createVolume, fileDocument } from './filing.ts'
import { adopt } from './adopting.ts'
import { leaveLost } from './leaving.ts'
import { pin } from './pinning.ts'
import { giveNumber, keepNumbers } from './numbering.ts'
import { rekeyDocument } from './rekeying.ts'
import { search } from './searching.ts'
import { cancelJob, exportPackage } from './exporting.ts'
import { listPrinters, printDocument } from './printing.ts'
import { approveJoin, enrolSeat, settleStorage } from './enrolling.ts'
import { endAbsence, registerAbsence } from './absences.ts'
import { acknowledgeRules } from './acknowledging.ts'
import { liftBrake } from './braking.ts'
import { foundCollection } from './founding-collection.ts'
import { changeDeviceRules, changePolicy, proposeAdmin, removeAdmin, removeSeat, reportLost, voteFor, withdrawProposal } from './administering.ts'
import { reportReview } from './reporting.ts'
import { changeReviewRules, giveRight, reviewGrants } from './reviewing.ts'
import { giveDocument, takeDocumentBack } from './giving.ts'
import { endExcuse, excuseCheck } from './excusing.ts'
import { exportAudit } from './auditing.ts'
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
  postReview,
  abandon,
  adoptDraft,
  createVolume,
  fileDocument,
  rekeyDocument,
  keepNumbers,
  giveNumber,
  search,
  pin,
  exportPackage,
  listPrinters,
  printDocument,
  cancelJob,
  enrolSeat,
  approveJoin,
  reportLost,
  settleStorage,
  acknowledgeRules,
  liftBrake,
  registerAbsence,
  endAbsence,
  foundCollection,
  changeDeviceRules,
  proposeAdmin,
  removeAdmin,
  removeSeat,
  changePolicy,
  excuseCheck,
  endExcuse,
  withdrawProposal,
  voteFor,
  reviewGrants,
  reportReview,
  exportAudit,
  changeReviewRules,
  giveRight,
  giveDocument,
  takeDocumentBack,
  nameProvider,
  bindAccount,
  releaseAccount,
  adopt,
  leaveLost,
}
