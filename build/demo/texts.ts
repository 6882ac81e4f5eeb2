// What the demo drafts: everyday matters of a small mountain town, in the words its clerks use. Cycled when more are asked for.

export interface DemoText {
  readonly title: string
  readonly inquiry: string
  readonly reason: string
  readonly body: string
  readonly photo: string
}

const texts: readonly DemoText[] = [
  {
    title: '冬期間における町営バスの運行計画の変更について（伺い）',
    inquiry: '冬期間における町営バスの運行計画を、次のとおり変更してよろしいか伺います。',
    reason: '積雪により山間部の停留所で遅れが続き、通学と通院に支障が出ているため。',
    body: '第1 変更の趣旨\n1 積雪期の安全を確保する。\n2 通学及び通院の便を保つ。\n第2 変更の内容\n1 始発を15分早める。\n2 山間部の2停留所を除雪済みの位置に移す。\n記\n変更の期間は、令和8年12月1日から令和9年3月31日までとする。\n以上\n',
    photo: 'storm.jpg',
  },
  {
    title: '町民農園の区画の追加募集について（伺い）',
    inquiry: '町民農園の空き区画について、追加の募集を行ってよろしいか伺います。',
    reason: '利用者の転出により8区画が空いており、問合せも続いているため。',
    body: '第1 募集の概要\n1 区画数は8とし、1世帯につき1区画とする。\n2 使用料は、年額3,000円とする。\n第2 選考の方法\n1 応募が区画数を超えるときは、公開の抽選による。\n記\n募集の期間は、令和8年11月2日から同月20日までとする。\n以上\n',
    photo: 'garden.jpg',
  },
  {
    title: '里山の草地の保全に関する作業の委託について（伺い）',
    inquiry: '里山の草地の保全に関する作業を、次のとおり委託してよろしいか伺います。',
    reason: '希少な植物の生育地で草刈りが途絶え、草地が狭まっているため。',
    body: '第1 委託の目的\n1 草地の面積を保ち、景観と生物の多様さを守る。\n第2 委託の内容\n1 年2回の草刈りと、刈草の搬出を行う。\n2 作業の前後に写真を撮り、報告する。\n記\n履行の期間は、契約の日から令和9年2月26日までとする。\n以上\n',
    photo: 'green-meadow.jpg',
  },
]

/** The nth matter (from 0); a number in the title keeps repeated ones apart. */
export function demoText(n: number): DemoText {
  const text = texts[n % texts.length] as DemoText
  const round = Math.floor(n / texts.length)
  return round === 0 ? text : { ...text, title: `${text.title} その${round + 1}` }
}
