// The line: pausing, metered lines, limits, and what the foot of every screen says of them.

export const line = {
  'status.pausedUntil': 'この端末に保存済み・{time} まで送受信を休んでいます（未送信 {count, number} 件）',
  'status.heldBack': 'この端末に保存済み・従量制の回線なので、文書の送受信を控えています（未送信 {count, number} 件）',

  'storage.pauseHour': '1時間休む',
  'storage.pausedUntil': '{time} まで送受信を休んでいます。その時刻になると、自動で続けます。',
  'storage.pausedUntilResumed': '送受信を休んでいます。「送受信を再開する」を押すまで、何も送りません。',
  'storage.heldBack': '従量制の回線なので、文書の送受信を控えています。保管先で待っているもの：{size}。「今すぐ送受信する」を押すと、一度だけ送受信します。',

  'line.title': '回線',
  'line.metered': '従量制の回線では文書の中身を送受信しない',
  'line.meteredHelp': '控えている間も、新しいものがあるかどうかだけは確かめます。',
  'line.metered.never': 'いつも送受信する',
  'line.metered.told': '端末が従量制と言うとき控える',
  'line.metered.always': '今の回線では控える',
  'line.told.yes': '今の回線：従量制です。',
  'line.told.no': '今の回線：従量制ではありません。',
  'line.told.unknown': '今の回線：従量制かどうか、この端末からは分かりません。控えるときは「今の回線では控える」を選んでください。',
  'line.up': '送る速さの上限',
  'line.down': '受け取る速さの上限',
  'line.noLimit': 'なし',
  'line.limit': '毎秒 {kilobytes, number} KB',
} as const
