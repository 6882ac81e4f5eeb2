// A new key for one document.

export const keys = {
  'keys.title': 'この文書の鍵',
  'keys.lead': '読めなくした人の手もとに古い鍵が残っているおそれがあるときに、この文書の鍵を新しくします。',
  'keys.give': '鍵を新しくする',
  'keys.given': '鍵を新しくした',
  'keys.what': 'いまの版面・署名・添付を新しい鍵で封じ直し、これから書かれることも新しい鍵で封じます。この文書を読める人は、そのまま読めます。署名と経過は変わりません。',
  'keys.whatNot': '古い鍵で封じた版面・署名・添付は、新しいものがそろったことを確かめてから 30 日ほどあとに保管先から消します。それまでに書かれた件名・本文・意見などの記録は、古い鍵のまま残ります。読めなくした人がそれまでに読めたものは取り戻せません。これから加わるものは、古い鍵では開きません。',
  'keys.chooseAll': 'すべて選ぶ',
  'keys.giveChosen': '選んだ文書の鍵を新しくする（{count, number} 件）',
  'keys.since': '{said}・{at} に鍵を新しくした',
  'keys.earlier.there': '{said}・古い鍵のファイルはまだ保管先にあります',
  'keys.earlier.gone': '{said}・古い鍵のファイルは保管先から消えました',
  'keys.go': '新しくする',
  'keys.giving': '封じ直しています。',
} as const
