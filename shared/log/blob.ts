// Files (attachments, frozen and signed PDFs) live in packs as sealed chunks; an event names them by this reference.

/** Where one sealed chunk lies: pack name (hex SHA-256 of the pack), byte offset and sealed length, plaintext length. */
export interface ChunkRef {
  readonly pack: string
  readonly at: number
  readonly sealed: number
  readonly size: number
}

/** A file by content: SHA-256 (hex) and size in bytes of the whole plaintext, and its chunks in order. */
export interface BlobRef {
  readonly sha256: string
  readonly size: number
  readonly chunks: readonly ChunkRef[]
  /** Under which key of its document, where that is not the first (LG-68). */
  readonly key?: string
  /** Where it lay before it was sealed anew: in no event, known to whoever reads them all. */
  readonly before?: BlobRef
}
