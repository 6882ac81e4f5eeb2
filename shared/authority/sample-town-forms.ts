// T1 起案文書（一般伺い） of the sample town as data: every field of the drafting sheet, what is required and how it is asked for.
// Choices store their value, never their label. Derived fields are computed (shared/document/cover.ts) and never typed.

import type { FormDefinition, FormField } from './model.ts'

type Group = FormField['group']
type Rest = Partial<Pick<FormField, 'required' | 'missing' | 'choices' | 'printed'>>

function field(group: Group, id: string, kind: FormField['kind'], label: string, labelEn: string, rest: Rest = {}): FormField {
  return { id, group, kind, label, labelEn, required: false, printed: true, ...rest }
}

function required(ja: string, en: string): Rest {
  return { required: true, missing: { ja, en } }
}

function choices(...rows: readonly (readonly [value: string, label: string, labelEn: string])[]): Pick<FormField, 'choices'> {
  return { choices: rows.map(([value, label, labelEn]) => ({ value, label, labelEn })) }
}

const hidden: Rest = { printed: false }

const identity: readonly FormField[] = [
  field('identity', 'documentId', 'derived', '文書ID', 'Document id'),
  field('identity', 'provisionalNumber', 'derived', '仮番号', 'Provisional number'),
  field('identity', 'decisionNumber', 'derived', '起案番号', 'Draft number'),
  field('identity', 'issueNumber', 'derived', '文書番号', 'Document number'),
  field('identity', 'intakeNumber', 'text', '収受番号（元文書）', 'Receipt number of the incoming document'),
  field('identity', 'fiscalYear', 'derived', '年度', 'Fiscal year'),
]

const dates: readonly FormField[] = [
  field('dates', 'draftedOn', 'date', '起案年月日', 'Drafted on', required('起案年月日を入れてください。', 'Enter the date of the draft.')),
  field('dates', 'routedOn', 'derived', '回付日', 'Submitted on'),
  field('dates', 'dueOn', 'date', '処理期限', 'Due on'),
  field('dates', 'decidedOn', 'derived', '決裁年月日', 'Decided on'),
  field('dates', 'issuedOn', 'date', '施行年月日', 'Issued on'),
  field('dates', 'completedOn', 'derived', '完結年月日', 'Completed on'),
]

const who: readonly FormField[] = [
  field('who', 'drafter', 'derived', '起案者', 'Drafter'),
  field('who', 'section', 'derived', '所属', 'Section'),
  field('who', 'extension', 'text', '内線', 'Extension'),
  field('who', 'sectionManager', 'derived', '主管課長', 'Section manager'),
  field('who', 'recordsClerk', 'text', '文書取扱主任', 'Records clerk'),
]

const content: readonly FormField[] = [
  field('content', 'title', 'text', '件名', 'Title', required('件名を入れてください。', 'Enter the title.')),
  field('content', 'inquiry', 'longtext', '伺い文', 'Request for decision', required('何について決裁を求めるのか、伺い文を入れてください。', 'Enter what is to be decided.')),
  field('content', 'reason', 'longtext', '起案理由', 'Reason', required('起案理由を入れてください。書かれていないことは決裁されません。', 'Enter the reason: what is not written is not decided.')),
  field('content', 'legalBasis', 'text', '根拠法令・例規', 'Legal basis'),
  field('content', 'background', 'longtext', '経過', 'Background'),
  field('content', 'alternatives', 'longtext', '比較案・代替案', 'Alternatives'),
  field('content', 'effect', 'longtext', '効果', 'Expected effect'),
  field('content', 'budgetItem', 'text', '予算科目', 'Budget item'),
  field('content', 'budgetAmount', 'money', '予算額', 'Amount'),
  field('content', 'issueText', 'longtext', '施行文案', 'Text to be issued'),
  field('content', 'attachments', 'derived', '添付', 'Attachments'),
  field('content', 'relatedDocuments', 'text', '関連文書', 'Related documents'),
]

const decision: readonly FormField[] = [
  field('decision', 'decisionClass', 'choice', '決裁区分', 'Decision class', {
    ...required('決裁区分を選んでください。', 'Choose the decision class.'),
    ...choices(['hei', '丙（課長・室長）', 'C (section manager)'], ['otsu', '乙（副町長）', 'B (vice-mayor)'], ['ko', '甲（町長）', 'A (mayor)']),
  }),
  field('decision', 'delegationBasis', 'derived', '専決の根拠', 'Basis of delegation'),
  field('decision', 'line', 'derived', '回議先', 'Line'),
  field('decision', 'concurrence', 'positions', '合議先', 'Concurrence'),
  field('decision', 'circulation', 'positions', '供覧先', 'For information'),
  field('decision', 'flags', 'flags', '表示・特記', 'Marks', choices(
    ['urgent', '至急', 'Urgent'],
    ['ordinance', '例規', 'Ordinance or rule'],
    ['confidential', '秘', 'Confidential'],
    ['council', '議会に関するもの', 'Concerns the council'],
    ['special-instruction', '特に指示されたもの', 'Specially instructed'],
    ['important', '特に重要なもの', 'Specially important'],
    ['exceptional', '異例に属するもの', 'Exceptional'],
    ['precedent', '先例になるもの', 'Sets a precedent'],
    ['contested', '疑義・紛議のあるもの', 'Contested or doubtful'],
    ['own-interest', '自己の身分に関するもの', "Concerns the decider's own status"],
  )),
  field('decision', 'handCarryReason', 'text', '持回りの理由', 'Reason for carrying by hand'),
  field('decision', 'paperReason', 'text', '書面決裁の理由', 'Reason for deciding on paper'),
]

const outgoing: readonly FormField[] = [
  field('outgoing', 'addressee', 'text', 'あて先', 'Addressee'),
  field('outgoing', 'sender', 'derived', '発信者名', 'Sender'),
  field('outgoing', 'issueMethod', 'choice', '施行方法', 'Way of issue', choices(
    ['none', '施行なし', 'Not issued'], ['post', '郵送', 'Post'], ['lgwan', 'LGWAN', 'LGWAN'], ['mail', '電子メール', 'E-mail'], ['counter', '窓口', 'Counter'], ['notice', '掲示', 'Notice board'],
  )),
  field('outgoing', 'seal', 'choice', '公印', 'Official seal', choices(
    ['none', '要しない', 'Not needed'], ['affixed', '押印', 'Affixed'], ['omitted', '省略', 'Omitted'], ['signature', '電子署名', 'Electronic signature'],
  )),
  field('outgoing', 'fairCopyBy', 'text', '浄書者', 'Fair copy by', hidden),
  field('outgoing', 'proofBy', 'text', '校合者', 'Proof-read by', hidden),
  field('outgoing', 'dispatchedBy', 'text', '発送者', 'Dispatched by', hidden),
]

const filing: readonly FormField[] = [
  field('filing', 'classNode', 'class-node', '分類', 'Classification', required('分類（小分類）を選んでください。', 'Choose the classification.')),
  field('filing', 'volumeTitle', 'text', '簿冊名', 'File'),
  field('filing', 'retention', 'retention', '保存期間', 'Retention', required('保存期間を選んでください。', 'Choose the retention period.')),
  field('filing', 'retentionStart', 'derived', '起算日', 'Retention starts'),
  field('filing', 'retentionEnd', 'derived', '満了日', 'Retention ends'),
  field('filing', 'disposition', 'derived', '満了時の措置', 'Disposition'),
  field('filing', 'medium', 'choice', '媒体', 'Medium', choices(['electronic', '電子', 'Electronic'], ['paper', '紙', 'Paper'], ['mixed', '電子と紙', 'Both'])),
  field('filing', 'location', 'text', '保存場所', 'Location'),
]

const access: readonly FormField[] = [
  field('access', 'disclosure', 'choice', '公開区分', 'Disclosure', {
    ...required('公開区分を選んでください。', 'Choose the disclosure class.'),
    ...choices(['open', '公開', 'Open'], ['partial', '部分公開', 'Partly open'], ['closed', '非公開', 'Closed'], ['existence', '存否応答拒否の可能性', 'Existence may be withheld']),
  }),
  field('access', 'closedReason', 'text', '非公開理由（条例の号）', 'Ground for withholding'),
  field('access', 'personalInfo', 'choice', '個人情報', 'Personal data', {
    ...required('個人情報の有無を選んでください。', 'Say whether there is personal data.'),
    ...choices(['none', '無', 'None'], ['ordinary', '有', 'Yes'], ['sensitive', '有（要配慮）', 'Yes, sensitive'], ['specific', '有（特定個人情報）', 'Yes, with individual numbers']),
  }),
  field('access', 'secrecy', 'choice', '秘密区分', 'Secrecy', choices(['none', '無', 'None'], ['secret', '秘', 'Secret'], ['top', '極秘', 'Top secret'])),
  field('access', 'assetClass', 'choice', '情報資産分類', 'Information asset class', choices(['1', '重要性分類1', 'Class 1'], ['2', '重要性分類2', 'Class 2'], ['3', '重要性分類3', 'Class 3'], ['4', '重要性分類4', 'Class 4'])),
]

export const sampleForms: readonly FormDefinition[] = [
  {
    id: 't1', code: 'T1', title: '起案文書（一般伺い）', titleEn: 'Draft for decision (general)',
    fields: [...identity, ...dates, ...who, ...content, ...decision, ...outgoing, ...filing, ...access],
    defaultClass: 'hei', defaultRetention: 'y5', numbered: { kind: 'outgoing', field: 'issueMethod', values: ['post', 'lgwan', 'mail', 'counter', 'notice'] }, from: '2026-04-01', to: null,
  },
]
