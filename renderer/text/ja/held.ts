// 保留: what of one's own does not count, in one place.

export const held = {
  'held.title': '保留になっている自分の操作',
  'held.lead': '記録は残っていますが、まだ数えていません。それぞれの直し方をすると、数えられるようになります。',
  'held.lateTitle': '承認：{title}',
  'held.late': '{at} の承認です。{known, select, yes {{until} までに} other {期限までに}}ほかの席が受け取らなかったため、効力を止めています。文書を開いて、承認を確認し直してください。',
  'held.refusedTitle': '受け入れられなかった操作：{title}',
  'held.act': '{at} の「{act}」です。',
  'held.again': '文書を開いて、もう一度行ってください。',
  'held.twofold': '二か所で同時に使われた席の操作（{count, number} 件）',
  'held.left': '失われた記録より後の操作（{count, number} 件）',
  'held.braked': '1 時間の決まりの数を超えた操作（{count, number} 件）',
  'held.aside': 'どの端末でも数えずに取り置いています。「端末と信頼」で確かめて、自分で行ったものなら入れ直してください。',
  'held.asideElsewhere': '別の端末のあなたの席で行った操作です。どの端末でも数えずに取り置いています。その端末で席を開き、「端末と信頼」で入れ直してください。',
  'held.confirm': '開いて確認し直す',
  'held.open': '文書を開く',
  'held.trust': '端末と信頼で見る',
} as const
