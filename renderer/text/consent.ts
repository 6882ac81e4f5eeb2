// Labels of what the consent window shows beside the words that main reads from the events itself.

export interface ConsentWords {
  readonly provisionalNumber: string
  readonly drafter: string
  readonly decisionClass: string
  readonly step: string
  readonly attachments: string
  readonly volume: string
  readonly documents: string
  readonly reason: string
  readonly forced: (flags: readonly string[], decisionClass: string) => string
  readonly exportTitle: (documents: number) => string
}

export const consentWords: Readonly<Record<'ja' | 'en', ConsentWords>> = {
  ja: {
    provisionalNumber: '仮番号',
    drafter: '起案者',
    decisionClass: '決裁区分',
    step: '段階',
    attachments: '添付',
    volume: '簿冊',
    documents: '文書数',
    reason: '理由',
    forced: (flags, decisionClass) => `「${flags.join('、')}」のため、決裁区分は${decisionClass}です。`,
    exportTitle: (documents) => `文書の書出（${documents}件）`,
  },
  en: {
    provisionalNumber: 'Provisional number',
    drafter: 'Drafter',
    decisionClass: 'Decision class',
    step: 'Step',
    attachments: 'Attachments',
    volume: 'File',
    documents: 'Documents',
    reason: 'Reason',
    forced: (flags, decisionClass) => `Because of “${flags.join(', ')}”, the decision class is ${decisionClass}.`,
    exportTitle: (documents) => `Export of ${documents} document(s)`,
  },
}
