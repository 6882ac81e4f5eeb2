// The rows there are, in the order in which they are measured.

import type { Row } from './row.ts'
import { exportRow } from './export/export-row.ts'
import { startRow } from './start/start-row.ts'
import { leaveRow } from './leave/leave-row.ts'
import { reviewRow } from './review/review-row.ts'
import { reWrapRow } from './re-wrap/re-wrap-row.ts'
import { signRow } from './sign/sign-row.ts'

export const rows: readonly Row[] = [startRow, signRow, exportRow, reviewRow, reWrapRow, leaveRow]
