import { catalogue } from '../../web/i18n/paired.ts'

const controls = (count: string) => (count === '1' ? '1 control' : `${count} controls`)

/** Words for what a control protects. */
export const protectsMessages = catalogue(
  {
    title: 'What it protects',
    hint: 'By itself, for the balance of assets. A control that steers others, such as a policy or an audit, protects nothing by itself: leave both empty.',
    properties: 'Properties',
    kinds: 'Of which assets',
    nothing: 'Nothing by itself',
    of: (properties: string, kinds: string) => `${properties} of: ${kinds}`,
    act: 'Set what they protect…',
    manyTitle: (count: string) => `What ${controls(count)} protect`,
    manyHint: 'Replaces what each of them says now.',
    half: 'It protects a property of some kind of asset: choose both, or neither.',
  },
  {
    title: '保護するもの',
    hint: '管理策そのものが保護するものです。資産のバランスに反映されます。方針や監査のように他の管理策を方向付けるものは、それ自体では何も保護しません。両方とも空欄にしてください。',
    properties: '特性',
    kinds: '対象の資産',
    nothing: 'それ自体では保護しない',
    of: (properties: string, kinds: string) => `${properties}（対象: ${kinds}）`,
    act: '保護するものを設定…',
    manyTitle: (count: string) => `${count}件の管理策が保護するもの`,
    manyHint: '選択した管理策の現在の内容を置き換えます。',
    half: '特性と対象の資産は、両方選択するか、両方とも空欄にしてください。',
  },
)
