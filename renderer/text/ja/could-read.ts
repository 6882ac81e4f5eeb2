// What somebody could read: before reading is taken from them, and afterwards for whoever has to report it.

export const couldRead = {
  'couldRead.title': '読めなくした人がそれまでに読めた文書',
  'couldRead.lead': '席や権限を取り消しても、それまでに読めたものは取り戻せません。写しや記憶が残っていると考えてください。',
  'couldRead.none': '席や権限を取り消された人はいません。',
  'couldRead.removed.seat': '{name}（席の取り消し、{at}）',
  'couldRead.removed.right': '{name}（権限の取り消し、{at}）',
  'couldRead.by': '{by}さんが取り消しました。理由：{reason}',
  'couldRead.count': '読むことができた文書：{count, number} 件。うち開いた記録があるもの：{opened, number} 件',
  'couldRead.unread': 'あなたが読めないため数えられないもの：{names}',
  'couldRead.opened': '{title}（{at} 作成、{opened} に開いた）',
  'couldRead.records': '開いた記録は、この端末に届いているものだけです。記録がなくても、読まれていないとは言えません。',
  'couldRead.before': 'この人がここまでに読めた文書：{count, number} 件（うち開いた記録があるもの：{opened, number} 件）。取り消しても、これらは取り戻せません。一覧は「端末と信頼」に残ります。',
  'couldRead.looking': 'この人がここまでに読めた文書を調べています。',
}
