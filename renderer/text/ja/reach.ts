// Whom records have reached, and which machines were not heard of, in Japanese.

export const reach = {
  'status.completeSilent': 'この端末に保存済み・送信済み・{time} 現在で記録は全件そろっています・{count, number} 台の端末は{since}から便りがありません',
  'reach.reached': 'あなたの操作が届いた端末：{names}',
  'reach.join': '・',
  'reach.notYet': 'あなたの操作は、町の保管庫へ送りました。ほかの端末に届いたかどうかは、まだわかりません。',
  'reach.title': 'ほかの端末',
  'reach.hint': '端末からの便りは、動いているあいだ、長くても 4 時間ごとに届きます。',
  'reach.people': '{names}の端末',
  'reach.person': '{name}さん',
  'reach.heard': '{at}に便り',
  'reach.silent': '{at}から便りがありません',
} as const
