// What the readers of this device's state ask of the machine, so that a test can give them another one. Nothing here knows Electron.

import type { Heard } from '@shared/posture/checks/heard.ts'

/** Reads only, as the ordinary person who runs the app: no administrator's rights, no question to the person. Never throws. */
export interface Machine {
  /** Text of a file of at most 64 KB. */
  text(path: string): Promise<Heard>
  /** The first bytes of a file, as lower-case hexadecimal digits. */
  hex(path: string, bytes: number): Promise<Heard>
  /** Names in a folder, sorted, one a line. */
  names(path: string): Promise<Heard>
  /** When a file or folder was last changed, in milliseconds since 1970 UTC; null where it is not there. */
  changed(path: string): Promise<number | null>
  /** The path without links; null where it is not there. */
  real(path: string): Promise<string | null>
  /** What a program at an absolute path says; without a shell, within 5 s, at most 64 KB, in the language C. */
  run(program: string, args: readonly string[]): Promise<Heard>
  /** A word of the surroundings the app was started in; empty where it is not there. */
  env(name: string): string
}

/** One source: what the person is told of where it comes from, and how it is read. */
export interface Source {
  readonly from: string
  read(): Promise<Heard>
}

export type Sources = Readonly<Record<string, Source>>

/** Of the app itself, as main knows it. */
export interface AppFacts {
  readonly version: string
  readonly electron: string
  readonly packaged: boolean
  /** The program that runs. */
  readonly executable: string
  /** The file that holds the fuses: the program itself, on macOS the framework beside it. */
  readonly binary: string
  /** The folder of the archive with its code. */
  readonly resources: string
  /** As the process was started. */
  readonly argv: readonly string[]
  /** Where the records lie. */
  readonly profile: string
  /** Whether its files are as they were shipped. */
  readonly shipped: { readonly from: string; readonly unchanged: () => Promise<Unchanged> }
}

/** `unlisted`: nobody says what they were when they were shipped. */
export type Unchanged = 'yes' | 'no' | 'unlisted'
