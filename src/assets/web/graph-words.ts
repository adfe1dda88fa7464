import type { Format } from '../../web/i18n/format.ts'
import type { Wording } from '../drawing/labels.ts'
import type { Box } from '../drawing/shapes.ts'
import { properties } from '../property.ts'
import type { english } from './messages.en.ts'

type Words = typeof english

/** What a box is called. */
export function nameOf(box: Box, t: Words, format: Format): string {
  if (box.type === 'rest') return t.graph.rest(format.number(box.assets))
  return box.name ? format.text(box.name) : box.kind ? t.kinds[box.kind] : box.key
}

export const levelsOf = (box: Box, t: Words): string =>
  properties.map((each) => `${t.letters[each]}${box.effective[each] ?? '–'}`).join(' ')

/** What is written into a box. */
export function wordingOf(box: Box, t: Words, format: Format): Wording {
  const { marks } = t.graph
  const name = nameOf(box, t, format)
  if (box.type === 'group') {
    const flags = [box.personal > 0 ? marks.personal : '', box.card > 0 ? marks.card : '']
    return {
      // The number stays with the last word of the name.
      name: `${box.open ? '▾' : '▸'}\u00a0${name}\u00a0·\u00a0${format.number(box.assets)}`,
      short: name,
      info: [
        box.notInUse === box.assets ? t.graph.legend.ended : levelsOf(box, t),
        flags.filter(Boolean).join(' '),
      ]
        .filter(Boolean)
        .join(' · '),
      mark: '',
    }
  }
  const level = Math.max(0, ...properties.map((each) => box.effective[each] ?? 0))
  const signs = [
    level > 0 ? String(level) : '–',
    box.type === 'asset' && box.personal > 0 ? marks.personal : '',
    box.type === 'asset' && box.card > 0 ? marks.card : '',
    box.beyond > 0 ? `+${format.number(box.beyond)}` : '',
  ]
  return { name, short: name, info: '', mark: signs.filter(Boolean).join(' ') }
}
