import { cpus } from 'node:os'
import { linkCardPicture } from '../src/lib/server/pictures/link-card.ts'
import { posterPicture } from '../src/routes/(owner)/admin/events/[eventId]/channels/[code]/poster/poster-picture.ts'
import { createBundledRenderer } from '../test/bundled-renderer.ts'

/**
 * `bun bench/pictures.ts [rounds]`: posters and cards of links, with and without a picture of the event: the first one
 * of a process, and the median of later ones with other titles. Fails where one takes a second of processor time.
 */
const [rounds = 5] = process.argv.slice(2).map(Number)
const LIMIT_MS = 1_000

const renderer = createBundledRenderer()

/** Noise with colours, harder to compress than a photograph. */
async function noise(): Promise<string> {
  const png = await renderer.png(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1440" height="1080"><filter id="noise"><feTurbulence type="turbulence" baseFrequency="0.01" numOctaves="4"/></filter><rect width="1440" height="1080" filter="url(#noise)"/></svg>`,
  )
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}

const poster = (title: string, picture: string | null) =>
  posterPicture(
    {
      title,
      shopName: '링고베이커리',
      contact: '문의 02-123-4567',
      prizes: { label: '경품', items: ['생크림 케이크 3명', '아메리카노 쿠폰 10명'] },
      deadline: { label: '마감', text: '12월 20일(일) 오후 6시' },
      call: '카메라로 찍고 20초면 끝',
      address: 'event.example.kr/e/open-1junyeon-keikeu-jeungjeong',
      link: 'https://event.example.kr/e/open-1junyeon-keikeu-jeungjeong?via=store&t=0123456789abcdefghijkl',
      picture: null,
      strip: null,
    },
    { more: (count) => `외 ${count}종`, picture },
    renderer,
  )

type Draw = (title: string) => Promise<{ length: number }>

const kinds = (picture: string | null): [string, Draw][] => [
  ['poster to print, SVG with outlines', async (title) => renderer.outlines(poster(title, picture))],
  ['poster, PNG of 1748 px', (title) => renderer.png(poster(title, picture), 1_748)],
  [
    'card of a link, PNG of 1200 px',
    (title) => renderer.png(linkCardPicture({ title, shopName: '링고베이커리' }, picture, renderer)),
  ],
]

/** Processor time of one picture in ms, and its length. */
async function measure(draw: Draw, title: string): Promise<{ ms: number; length: number }> {
  const before = process.cpuUsage()
  const { length } = await draw(title)
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1_000, length }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

process.stdout.write(`${cpus().length} cores, ${rounds} rounds, processor time\n`)
for (const [name, picture] of [
  ['without a picture', null],
  ['with a picture', await noise()],
] as const)
  for (const [kind, draw] of kinds(picture)) {
    const first = await measure(draw, '오픈 1주년 케이크 증정')
    const later: number[] = []
    for (let round = 1; round <= rounds; round++)
      later.push((await measure(draw, `단골 감사 ${round}번째 이벤트`)).ms)
    process.stdout.write(
      `${kind}, ${name}: ${first.ms.toFixed(0)} ms, later ${median(later).toFixed(0)} ms, ${(first.length / 1_000).toFixed(0)} kB\n`,
    )
    if (first.ms > LIMIT_MS || median(later) > LIMIT_MS) throw new Error(`${kind} takes over ${LIMIT_MS} ms`)
  }
