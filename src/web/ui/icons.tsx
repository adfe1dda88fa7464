import type { ReactNode } from 'react'

/** Drawn on a 16 px grid with one stroke width; always beside a word or with a label on its button. */
const shapes = {
  home: 'M2.5 7.5 8 3l5.500 4.500V13h-4V9.500h-3V13h-4Z',
  certificate: 'M3 2.500h10v8H3ZM5.500 5.500h5M5.500 7.500h3M6.500 10.500V14L8 13l1.500 1v-3.500',
  posture:
    'M2.500 3h3v3h-3ZM6.500 3h3v3h-3ZM10.500 3h3v3h-3ZM2.500 7h3v3h-3ZM6.500 7h3v3h-3ZM10.500 7h3v3h-3ZM2.500 11h3v2.500h-3ZM6.500 11h3v2.500h-3Z',
  programme: 'M3.500 3.500h9v10h-9ZM6 2.500h4v2H6ZM5.500 8l1.200 1.200 2-2.200M5.500 11.500h5',
  evidence: 'M3 2.500h6L12 5.500v3M3 2.500v11h5M9 2.500v3h3M11 9.500a2 2 0 1 0 .01 0M12.500 13l1.500 1.500',
  checks: 'M2.500 3.500h11v9h-11ZM5 6.300l1.800 1.700L5 9.700M8.500 10h2.500',
  statement:
    'M3.500 2.500h9v11h-9ZM5.500 5.500l.800.800 1.400-1.500M9 5.500h2M5.500 9.500l.800.800 1.400-1.500M9 9.500h2',
  asset: 'M8 2.500 13 5v6l-5 2.500L3 11V5ZM3 5l5 2.500L13 5M8 7.500v6',
  context:
    'M8 6a2 2 0 1 0 .01 0M8 2.500v1.500M8 12v1.500M2.500 8H4M12 8h1.500M4.100 4.100l1 1M10.900 10.900l1 1M4.100 11.900l1-1M10.900 5.100l1-1',
  objective:
    'M8 2.500a5.500 5.500 0 1 0 .01 0M8 5.200a2.800 2.800 0 1 0 .01 0M8 8h.01M8 8l5-5M11.500 2.500V4.500h2',
  task: 'M2.500 4 3.500 5 5.500 3M2.500 8.500 3.500 9.500 5.500 7.500M2.500 13h3M8 4.500h5.500M8 9h5.500M8 13h5.500',
  calendar:
    'M2.500 3.500h11v10h-11ZM2.500 6.500h11M5.500 2v3M10.500 2v3M5.500 9.500h.01M8 9.500h.01M10.500 9.500h.01',
  control: 'M2.500 5h4M9.500 5h4M2.500 11h7M12.500 11h1M8 3.500v3M11 9.500v3',
  entities: 'M6 2.500h4v3H6ZM2 10.500h4v3H2ZM10 10.500h4v3h-4ZM8 5.500V8M4 10.500V8h8v2.500',
  frameworks: 'M3 3.500h10M3 8h10M3 12.500h10M5.500 3.500v9',
  requests: 'M2.500 4h11v8h-11ZM2.500 4.500 8 9l5.500-4.500',
  page: 'M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 1 0 0-11M2.500 8h11M8 2.500c-4 3.500-4 7.500 0 11c4-3.500 4-7.500 0-11',
  log: 'M4 3h.01M4 8h.01M4 13h.01M7 3h6M7 8h6M7 13h6M4 3v10',
  people:
    'M6 3a2.300 2.300 0 1 0 .01 0M2 13c0-5 8-5 8 0M10.500 3.300a2.200 2.200 0 0 1 0 4.200M11.500 9.500c2 .400 2.500 2 2.500 3.500',
  settings: 'M3 4.500h6M12 4.500h1M3 11.500h1M7 11.500h6M10.500 3v3M5.500 10v3',
  search: 'M7 3a4 4 0 1 0 .01 0M10 10l3.500 3.500',
  clock: 'M8 2.500a5.500 5.500 0 1 0 .01 0M8 5v3.200l2.200 1.300',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  check: 'M3 8.500 6.500 12 13 4.500',
  half: 'M8 3a5 5 0 1 0 .01 0M8 3v10',
  cross: 'M5 5l6 6M11 5l-6 6',
  question: 'M6 6c0-3 4.500-2.500 4 0c-.200 1-2 1.300-2 2.700M8 12h.01',
  dash: 'M4 8h8',
  chevron: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  menu: 'M2.500 4.500h11M2.500 8h11M2.500 11.500h11',
  side: 'M2.500 3h11v10h-11ZM6 3v10',
  columns: 'M2.500 3h11v10h-11ZM6.200 3v10M9.800 3v10',
  rows: 'M2.500 3.500h11M2.500 6.500h11M2.500 9.500h11M2.500 12.500h11',
  filter: 'M2.500 4h11M4.500 8h7M6.500 12h3',
  download: 'M8 2.500v7.500M4.500 7 8 10.500 11.500 7M3 13h10',
  upload: 'M8 10.500V3M4.500 6 8 2.500 11.500 6M3 13h10',
  link: 'M7 9a2.500 2.500 0 0 0 3.500 0l2-2A2.500 2.500 0 0 0 9 3.500l-.700.700M9 7a2.500 2.500 0 0 0-3.500 0l-2 2A2.500 2.500 0 0 0 7 12.500l.700-.700',
  user: 'M8 2.500a2.500 2.500 0 1 0 .01 0M3 13.500c0-6 10-6 10 0',
  sun: 'M8 5a3 3 0 1 0 .01 0M8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1 1M11.600 11.600l1 1M3.400 12.600l1-1M11.600 4.400l1-1',
  moon: 'M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500',
  key: 'M5 7.500a2.500 2.500 0 1 0 .01 0M7.200 8.700 13 3M11 5l1.700 1.700',
  seal: 'M8 2.200l4.800 1.700v3.800c0 3-2 5-4.800 6.100C5.200 12.700 3.200 10.700 3.200 7.700V3.900ZM5.700 8l1.700 1.700L10.500 6.300',
  warning: 'M8 2.800 14 13H2ZM8 6.500v3M8 11.300h.01',
  pencil: 'M3 13l.700-3L10.500 3.200l2.300 2.300L6 12.300Z',
  file: 'M4 2.500h5L12 5.500v8H4ZM9 2.500v3h3',
  external: 'M9.500 3H13v3.500M13 3 7.500 8.500M11 9v4H3V5h4',
  more: 'M3.500 8h.01M8 8h.01M12.500 8h.01',
} as const

export type IconName = keyof typeof shapes

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  )
}
