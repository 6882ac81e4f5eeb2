// 端末の状態: why an act is not let through for the state of the device or the sign-in.

export const posture = {
  'reason.session-to-renew': 'この端末の状態が、作業を始めたときと変わりました。一度ロックして、開き直してください。',
  'reason.level-too-low': 'この操作は、{needed, select, L1 {鍵を OS の保管庫で守る} L2 {鍵を端末の部品の中に持つ} L3 {鍵を証明つきの部品の中に持つ} other {鍵を守る}}端末でだけできます（この端末の鍵：{level, select, L0 {PIN だけ} L1 {OS の保管庫} L2 {端末の部品の中} other {証明つきの部品の中}}）。「端末の状態」の「鍵の置き場所」に、直し方があります。',
  'reason.check-failed': '{check}が、町の決まりを満たしていません。「端末の状態」で直し方を見てください。',
  'reason.check-unknown': '{check}を確かめられません。「端末の状態」で理由を見てください。',
  'reason.check-old': '{check}を確かめてから時間がたちすぎました。「端末の状態」でもう一度調べてください。',
  'reason.check-failed-grace': '{check}が、町の決まりを満たしていません。あと {days} 日のうちに直してください。',
  'reason.check-unknown-grace': '{check}を確かめられません。あと {days} 日のうちに確かめられるようにしてください。',
  'reason.check-old-grace': '{check}を確かめてから時間がたちました。あと {days} 日のうちに調べ直してください。',
  'reason.check-excused': '{check}は、管理者二人の承認により、期限を切って猶予されています。',
  'reason.sign-in-old': 'サインインから {hours} 時間を超えました。町のアカウントでサインインし直してください。',
  'reason.sign-in-not-today': 'この操作には、今日のサインインが必要です。町のアカウントでサインインしてください。',
  'reason.context-missing': 'サインイン先が求める確認（{context}）が済んでいません。サインインし直してください。',
} as const
