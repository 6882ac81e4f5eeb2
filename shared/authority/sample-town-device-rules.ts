// The sample town's own rules for its devices (端末管理の業務ルール): short enough to be read. A real town replaces them by its own.

import type { DeviceRules } from './model.ts'

export const sampleDeviceRules: readonly DeviceRules[] = [
  {
    id: 'device-rules-1',
    from: '2026-04-01',
    to: null,
    text: ['端末は、町が貸し出したものだけを使います。', '席を離れるときは、画面をロックします。', 'OS とウイルス対策の更新が知らされたら、その日のうちに入れます。', '私物の USB メモリをつなぎません。', 'PIN とパスワードを、だれにも教えず、書いて貼りません。', '端末を庁舎の外に持ち出すときは、所属長の許可を得ます。', '端末をなくしたとき、盗まれたとき、様子がおかしいときは、すぐに情報システム担当に知らせます。'].join('\n'),
    textEn: ['Use only devices that the town lent to you.', 'Lock the screen when you leave your place.', 'Install updates of the system and of the virus protection on the day you are told of them.', 'Connect no USB stick of your own.', 'Tell nobody your PIN or password, and do not leave them written anywhere.', 'Ask your head of section before you take a device out of the building.', 'Tell those in charge of information systems at once when a device is lost, stolen or behaves strangely.'].join('\n'),
  },
]
