// The acts whose order by knowledge decides where a document stands.

const ledgerTypes = new Set([
  'document.submit', 'document.withdraw', 'decision.approve', 'decision.return', 'decision.refuse', 'draft.abandon', 'record.file',
])

export function isLedgerType(type: string): boolean {
  return ledgerTypes.has(type)
}
