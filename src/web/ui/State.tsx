import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'
import css from './ui.module.css'

/** What a colour means, everywhere. An icon and a word go with it, so that colour is never alone. */
export type Tone = 'met' | 'partial' | 'failing' | 'unknown' | 'none' | 'accent'

const icons: Record<Tone, IconName> = {
  met: 'check',
  partial: 'half',
  failing: 'cross',
  unknown: 'question',
  none: 'dash',
  accent: 'clock',
}

export function State({ tone, icon, children }: { tone: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={css.state} data-tone={tone}>
      <Icon name={icon ?? icons[tone]} size={12} />
      {children}
    </span>
  )
}
