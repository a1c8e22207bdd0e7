/** The colours of paper, in dark mode too. */
export const PAPER = {
  ground: '#f2ede2',
  paper: '#fffdf8',
  ink: '#1d1b17',
  inkSoft: '#6b655a',
  line: '#8c8577',
  seal: '#c7362b',
} as const

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const CORNER_PX = 32
const NOTCH_PX = 24

/** A paper ticket with two notches, and the perforation between them at `cut`. */
export function ticketShape({ left, top, right, bottom }: Box, cut: number): string {
  const corner = (x: number, y: number) => `A${CORNER_PX} ${CORNER_PX} 0 0 1 ${x} ${y}`
  const notch = (y: number) => `a${NOTCH_PX} ${NOTCH_PX} 0 0 0 0 ${y}`
  const outline = [
    `M${left + CORNER_PX} ${top}H${right - CORNER_PX}`,
    corner(right, top + CORNER_PX),
    `V${cut - NOTCH_PX}${notch(2 * NOTCH_PX)}V${bottom - CORNER_PX}`,
    corner(right - CORNER_PX, bottom),
    `H${left + CORNER_PX}`,
    corner(left, bottom - CORNER_PX),
    `V${cut + NOTCH_PX}${notch(-2 * NOTCH_PX)}V${top + CORNER_PX}`,
    corner(left + CORNER_PX, top),
    'Z',
  ].join('')
  const [from, to] = [left + NOTCH_PX + 20, right - NOTCH_PX - 20]
  return `<path d="${outline}" fill="${PAPER.paper}" stroke="#d8d1c3" stroke-width="2"/>
<path d="M${from} ${cut}H${to}" stroke="${PAPER.line}" stroke-width="5" stroke-linecap="round" stroke-dasharray="0.1 18"/>`
}
