import { catalogue } from '../../web/i18n/paired.ts'
import { kinds } from './kinds.ts'

export const leaveMessages = catalogue(
  {
    title: (name: string) => `${name} leaves`,
    leave: 'Leaves the organisation',
    on: 'Gone from',
    onHint: 'From this day on everything is the successors’. It is not after today.',
    belongs: (count: string) =>
      count === '1' ? '1 thing belongs to this person' : `${count} things belong to this person`,
    everything: 'Successor for everything',
    noSuccessor: 'Nobody yet',
    same: 'As for everything',
    kind: 'Kind',
    count: 'Things',
    other: 'Another successor',
    successorOf: (kind: string) => `Successor: ${kind}`,
    leftOver: (count: string) => `What has no successor waits (${count})`,
    leftOverHint:
      'Nobody answers for it until it is handed over. Without this, nobody leaves before all is given.',
    kinds: kinds.en,
  },
  {
    title: (name) => `${name}が組織を離れる`,
    leave: '組織を離れる',
    on: '退任日',
    onHint: 'この日から、すべて後任の担当になります。本日より後の日付は指定できません。',
    belongs: (count) => `この人が担当しているものが ${count} 件あります`,
    everything: 'すべての後任',
    noSuccessor: '未定',
    same: '「すべての後任」と同じ',
    kind: '種類',
    count: '件数',
    other: '別の後任',
    successorOf: (kind) => `後任: ${kind}`,
    leftOver: (count) => `後任のいないものは引き継ぎ待ちにする（${count} 件）`,
    leftOverHint: '引き継ぐまで責任者がいません。選択しない場合は、すべての後任が決まるまで退任できません。',
    kinds: kinds.ja,
  },
)
