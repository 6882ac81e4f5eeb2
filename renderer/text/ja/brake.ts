// まとめて行う作業: when one seat changes many documents within an hour.

export const brake = {
  'brake.title': 'まとめて行う作業',
  'brake.lead': '一つの席で 1 時間に変更できる文書は {limit, number} 件までです。誤操作や不正なプログラムに早く気付くための決まりです。これを超えると、いったん止まります。それまでに書いたものは失われません。年度末の編入など、多くの文書を扱うときは、先にここで確かめておけます。',
  'brake.lifted': '{until} まで、{documents, number} 件の変更を行うと確かめてあります。',
  'brake.lift': '多くの文書を変更すると確かめる',
  'brake.liftLead': 'これから変更する文書の数と、かかる時間を入れてください。次の窓で PIN を入れると、その分だけ止まらずに進めます。身に覚えのない変更で止まったときは、ここで確かめずに、管理者に知らせてください。',
  'brake.liftGo': '確かめる',
  'brake.documents': '変更する文書の数（件）',
  'brake.hours': 'かかる時間（時間、8 まで）',
  'brake.number': '1 から {most, number} までの数を入れてください。',
  'policy.massDocuments': '多くの文書の変更',
  'policy.massDocuments.value': '一つの席で 1 時間に {n, number} 件を超えると止まり、本人が PIN で確かめます',
  'policy.massDocuments.input': '一つの席で 1 時間に変更できる文書の数（件）',
  'reason.mass-change': '{since} から {documents, number} 件の文書を変更することになります（町の決まりでは 1 時間に {limit, number} 件まで）。ここで止めました。意図した作業なら、「端末の状態」の「まとめて行う作業」で件数と時間を PIN で確かめてから、もう一度行ってください。身に覚えがなければ、管理者に知らせてください。それまでに書いたものは失われません。',
  'brake.heldOwn': 'あなたの席で、1 時間のうちに町の決まりを超える数の文書が変更されました。超えた分は、どの端末でも数えずに取り置いています。記録は一つも消えていません。',
  'brake.heldOther': '{name}さんの席で、1 時間のうちに町の決まりを超える数の文書が変更されました。超えた分は、どの端末でも数えずに取り置いています。記録は一つも消えていません。',
  'brake.heldNext': '意図した作業なら、「端末の状態」の「まとめて行う作業」で件数と時間を確かめてから、入れ直してください。身に覚えがなければ、入れ直さずに管理者に知らせてください。',
  'brake.heldAdmin': '本人に、多くの文書を変更したかを確かめてください。心当たりがなければ、この画面でその席を取り消せます。',
  'failure.LiftOutOfRange': '文書の数は 1〜{documents, number} 件、時間は 1〜{hours} 時間で入れ、理由を書いてください。',
} as const
