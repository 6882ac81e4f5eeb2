// Labels of what the consent window shows beside the words that main reads from the events itself.

export interface ConsentWords {
  readonly provisionalNumber: string
  readonly drafter: string
  readonly decisionClass: string
  readonly step: string
  readonly inPlaceOf: string
  readonly aheadOf: string
  readonly attachments: string
  readonly volume: string
  readonly documents: string
  readonly document: string
  readonly sealedFor: string
  readonly confirmsAgain: string
  readonly series: string
  readonly seat: string
  readonly skip: string
  readonly policy: string
  readonly reviewRules: string
  readonly lostRecords: string
  readonly manyDocuments: string
  readonly deviceRules: string
  readonly forced: (flags: readonly string[], decisionClass: string) => string
  /** Report of the review of a quarter. */
  readonly reviewReport: (year: string, quarter: number) => string
  readonly reviewTable: string
  readonly auditReport: string
  readonly exportTitle: (documents: number) => string
  readonly printer: string
}

export const consentWords: Readonly<Record<'ja' | 'en', ConsentWords>> = {
  ja: {
    provisionalNumber: '仮番号',
    drafter: '起案者',
    decisionClass: '決裁区分',
    step: '段階',
    inPlaceOf: '代わりに決裁する職（代決）',
    aheadOf: '不在のため先に進める職（後閲）',
    attachments: '添付',
    volume: '簿冊',
    documents: '文書数',
    document: '見せる文書',
    sealedFor: '封をして渡す相手',
    confirmsAgain: '期限までにほかの席が受け取らなかった承認を、同じ版・同じ段階について確認し直します。付いている印はそのままです。',
    series: '文書記号',
    seat: '番号を扱う人',
    skip: '空けておく番号の数',
    policy: '端末と作業の決まり',
    reviewRules: '権限の点検の決まり',
    lostRecords: '失われた記録より後の、自分の記録',
    manyDocuments: 'まとめて行う作業',
    deviceRules: '端末管理の業務ルール',
    forced: (flags, decisionClass) => `「${flags.join('、')}」のため、決裁区分は${decisionClass}です。`,
    reviewReport: (year, quarter) => `権限の点検 報告書（${year} 第${quarter}四半期）`,
    reviewTable: '一覧表（CSV）の指紋',
    auditReport: '監査証跡の一覧',
    exportTitle: (documents) => `文書の書出（${documents}件）`,
    printer: 'プリンター',
  },
  en: {
    provisionalNumber: 'Provisional number',
    drafter: 'Drafter',
    decisionClass: 'Decision class',
    step: 'Step',
    inPlaceOf: 'Decided in the place of',
    aheadOf: 'Away and passed over, to read it afterwards',
    attachments: 'Attachments',
    volume: 'File',
    documents: 'Documents',
    document: 'Document',
    sealedFor: 'Sealed for',
    confirmsAgain: 'This confirms once more, for the same revision and step, your approval that no other seat received in time. The mark that is there stays.',
    series: 'Series',
    seat: 'Whose numbers',
    skip: 'Numbers left free',
    policy: 'Rules for devices and work',
    reviewRules: 'Rules of the review of rights',
    lostRecords: 'My records after one that was lost',
    manyDocuments: 'Work on many documents',
    deviceRules: 'Working rules for devices',
    forced: (flags, decisionClass) => `Because of “${flags.join(', ')}”, the decision class is ${decisionClass}.`,
    reviewReport: (year, quarter) => `Report of the review of rights (${year}, quarter ${quarter})`,
    reviewTable: 'Fingerprint of the table (CSV)',
    auditReport: 'List of the audit trail',
    exportTitle: (documents) => `Export of ${documents} document(s)`,
    printer: 'Printer',
  },
}
