// The few globals that Node, Chromium and workers share and that pure code may use.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array): string
}
declare function structuredClone<T>(value: T): T
interface AbortSignal {
  readonly aborted: boolean
  throwIfAborted(): void
}
