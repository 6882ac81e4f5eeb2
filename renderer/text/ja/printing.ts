// Printing of a document.

export const printing = {
  'act.print': '印刷する',
  'print.title': '印刷する',
  'print.lead': '「{title}」の版面を、押された印とともに、この端末にあるとおりに印刷します。',
  'print.printer': 'プリンター',
  'print.choose': '選んでください',
  'print.reason': '印刷の理由',
  'print.reasonHelp': '記録に残ります。例：窓口での掲示、会議の資料',
  'print.none': 'この端末には使えるプリンターがありません。端末の設定でプリンターを加えてから、もう一度探してください。',
  'print.again': 'もう一度探す',
  'print.do': '印刷する',
  'print.waiting': '印刷しています。',
  'print.failed': '印刷できませんでした',
  'print.done': '「{printer}」に送りました。',
  'print.after': 'だれがいつ何のために印刷したかを記録しました。紙が出たかどうかは、プリンターで確かめてください。紙の扱いは、文箱には見えません。',
  'failure.PrinterMissing': 'そのプリンターが見つかりません。つながっているか確かめて、もう一度選んでください。印刷の記録は残っています。',
  'failure.PrintFailed': 'プリンターに送れませんでした。プリンターの状態を確かめて、もう一度印刷してください。印刷の記録は残っています。',
} as const
