// Line icons of 20 units that grow with the text, always beside a word or under a name given by their control; never read out by themselves.

import type { ReactNode } from 'react'

const paths = {
  desk: 'M2 7h16M4 7v9M16 7v9M6 11h5v3H6z',
  cabinet: 'M4 2h12v16H4zM4 7.3h12M4 12.6h12M8.5 4.7h3M8.5 10h3M8.5 15.3h3',
  trust: 'M10 2l6.5 2.4v4.8c0 4-2.7 7-6.5 8.8-3.8-1.8-6.5-4.8-6.5-8.8V4.4zM7 9.8l2.2 2.2L13.2 8',
  settings: 'M3 5h7M14 5h3M3 10h2M9 10h8M3 15h9M16 15h1M12 3v4M7 8v4M14 13v4',
  lock: 'M4.5 9h11v8.5h-11zM6.8 9V6a3.2 3.2 0 016.4 0v3M10 12.5v2',
  search: 'M8.8 3a5.8 5.8 0 100 11.6A5.8 5.8 0 008.8 3zM13 13l4.5 4.5',
  plus: 'M10 4v12M4 10h12',
  clip: 'M15.5 9.2l-6 6a3.6 3.6 0 01-5.1-5.1l6.6-6.6a2.4 2.4 0 013.4 3.4l-6.4 6.4a1.2 1.2 0 01-1.7-1.7l5.6-5.6',
  check: 'M4 10.5l4 4 8-9',
  back: 'M12 4l-6 6 6 6',
  next: 'M8 4l6 6-6 6',
  down: 'M4 8l6 6 6-6',
  close: 'M5 5l10 10M15 5L5 15',
  user: 'M10 10a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM3.5 17.5c.8-3.6 3.3-5 6.5-5s5.700 1.400 6.500 5',
  print: 'M6 7V2.500h8V7M4 14H2.500V7h15v7H16M6 11.500h8v6H6z',
  export: 'M10 12V2.500M6.500 5.800L10 2.500l3.500 3.300M3 11v6.500h14V11',
  number: 'M7.500 3L6 17M14 3l-1.500 14M3.500 7.500h14M2.500 12.500h14',
  list: 'M7 5h10M7 10h10M7 15h10M3 5h.5M3 10h.5M3 15h.5',
  bold: 'M6 3.500h4.500a3.200 3.200 0 010 6.400H6zM6 9.900h5.200a3.300 3.300 0 010 6.600H6z',
  underline: 'M5.500 3v6a4.500 4.500 0 009 0V3M4 17.500h12',
  undo: 'M7 4L3 8l4 4M3.500 8H12a4.500 4.500 0 010 9H8',
  redo: 'M13 4l4 4-4 4M16.500 8H8a4.500 4.500 0 000 9h4',
  table: 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12M12.500 4v12',
  indent: 'M3 4h14M9 8.500h8M9 12h8M3 16h14M3 8l3 2.200-3 2.300',
  outdent: 'M3 4h14M9 8.500h8M9 12h8M3 16h14M6 8l-3 2.200L6 12.500',
  file: 'M5 2h7l4 4v12H5zM12 2v4h4',
  folder: 'M2.500 5h5l2 2h8v9h-15z',
  warn: 'M10 3l8 14H2zM10 8v4.500M10 14.600v.4',
  info: 'M10 2.500a7.500 7.500 0 100 15 7.500 7.500 0 000-15zM10 9v5M10 6v.3',
  trash: 'M4 5.500h12M8 5.500V3h4v2.500M5.500 5.500l.8 12h7.400l.8-12',
  zoomIn: 'M8.800 3a5.800 5.800 0 100 11.600A5.800 5.800 0 008.800 3zM13 13l4.500 4.500M8.800 6.300v5M6.300 8.800h5',
  zoomOut: 'M8.800 3a5.800 5.800 0 100 11.600A5.800 5.800 0 008.800 3zM13 13l4.500 4.500M6.300 8.800h5',
  command: 'M3 5h14v10H3zM6 8.500l2 1.500-2 1.500M10 12h4',
  clock: 'M10 2.500a7.500 7.500 0 100 15 7.500 7.500 0 000-15zM10 6v4.300l2.800 1.700',
} as const

export type IconName = keyof typeof paths

export function Icon(props: { readonly name: IconName; readonly size?: number }): ReactNode {
  const size = `${(props.size ?? 20) / 16}rem`
  return (
    <svg className="icon" style={{ width: size, height: size }} viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      <path d={paths[props.name]} />
    </svg>
  )
}
