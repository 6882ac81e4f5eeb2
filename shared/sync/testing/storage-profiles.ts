// The storages of the simulation, by name, as what each of them does to whom. Probabilities are per request, but where said otherwise.

export interface StorageProfile {
  readonly name: string
  /** F9: a storm of busy answers begins; it lasts a few requests. */
  readonly storm: number
  /** F6: done, but the answer was lost. */
  readonly replyLost: number
  /** F6: only the first bytes were written, and no answer came. */
  readonly halfPut: number
  /** F8: newest writings are not listed yet. */
  readonly lateListing: number
  /** F8: machines see what others wrote some time later. */
  readonly isCarried: boolean
  /** The tag stays the same though the bytes changed. */
  readonly lyingTag: number
  /** F32: for a few requests nothing is there at all. */
  readonly unplugged: number
  /** F19: per round, a parcel rots or is gone for good. */
  readonly rot: number
  /** F7: per round, an old writing is done once more. */
  readonly doneAgain: number
  /** Answers that are lies. */
  readonly lies: number
  /** F20, F21, F22, F23: per round, one of the great lies begins or ends. */
  readonly schemes: number
}

const honest: Omit<StorageProfile, 'name'> = { storm: 0, replyLost: 0, halfPut: 0, lateListing: 0, isCarried: false, lyingTag: 0, unplugged: 0, rot: 0, doneAgain: 0, lies: 0, schemes: 0 }

export const storageProfiles: readonly StorageProfile[] = [
  { ...honest, name: 'S3, strong', storm: 0.01, replyLost: 0.02 },
  { ...honest, name: 'S3 without conditions', storm: 0.01, replyLost: 0.02, lateListing: 0.5, doneAgain: 0.02 },
  { ...honest, name: 'WebDAV that lies', storm: 0.02, replyLost: 0.05, halfPut: 0.03, lyingTag: 0.05, unplugged: 0.002, rot: 0.01 },
  { ...honest, name: 'folder that is carried about', isCarried: true, unplugged: 0.004, halfPut: 0.01 },
  { ...honest, name: 'hostile', storm: 0.01, lies: 0.12, rot: 0.02, doneAgain: 0.02, schemes: 0.04 },
]
