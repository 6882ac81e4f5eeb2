// The few words main says without a page: tray, system dialogs and the sentences before there is a window.
// Everything a page shows is in the renderer's catalogues.

export type Language = 'ja' | 'en'

export const words = {
  ja: {
    open: '文箱を開く',
    lock: 'ロックする',
    quit: '終了する',
    chooseFolder: '書き出し先を選ぶ',
    saveFile: '保存先を選ぶ',
    signedIn: 'サインインできました。このページを閉じて、文箱へ戻ってください。',
    notExpected: '文箱は、このページを待っていません。閉じてください。',
    defectTitle: '文箱は続けられません',
    defectBody: '保存済みの文書は失われていません。文箱を起動し直してください。管理者へ次の番号を伝えてください: ',
  },
  en: {
    open: 'Open Fumibako',
    lock: 'Lock',
    quit: 'Quit',
    chooseFolder: 'Choose where to export to',
    saveFile: 'Choose where to save',
    signedIn: 'You are signed in. Please close this page and go back to Fumibako.',
    notExpected: 'Fumibako does not expect this page. Please close it.',
    defectTitle: 'Fumibako cannot go on',
    defectBody: 'Nothing that was saved is lost. Please start Fumibako again and give your administrator this number: ',
  },
} as const satisfies Record<Language, Record<string, string>>
