// 端末の状態: why an act is not let through for the state of the device or the sign-in.

export const posture = {
  'reason.session-to-renew': 'この端末の状態が、作業を始めたときと変わりました。一度ロックして、開き直してください。',
  'reason.level-too-low': 'この操作には、鍵の守り {needed} 以上の端末が必要です（この端末は {level}）。',
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
