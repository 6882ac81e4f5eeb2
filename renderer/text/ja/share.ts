// A package that is sealed for somebody outside.

export const share = {
  'share.how': '渡しかた',
  'share.open': 'そのまま書き出す',
  'share.sealed': '封をして外部の人に渡す',
  'share.sealedNote': '合言葉で開く一つのファイルにします。相手に文箱は要りません。だれに、なぜ渡したかは、署名した記録に残ります。渡したものは取り戻せません。',
  'share.to': '渡す相手',
  'share.toHelp': '記録に残ります。例：○○法律事務所 △△様',
  'share.passphrase': '合言葉：',
  'share.once': '合言葉はこの画面に一度だけ出ます。どこにも残りません。書き留めて、ファイルとは別の道（電話など）で相手に伝えてください。',
} as const
