import { catalogue } from '../../web/i18n/paired.ts'

export const pickerMessages = catalogue(
  {
    unknown: 'Somebody',
    find: 'Type a name',
    more: (count: string) => `${count} more: type a name`,
    nobodyFound: 'Nobody has this name or address',
  },
  {
    unknown: '不明な人',
    find: '名前を入力',
    more: (count) => `ほか${count}人: 名前を入力してください`,
    nobodyFound: '該当する人がいません',
  },
)
