import { join } from 'node:path'
import { uniquePhoneNumber } from '../e2e/pages/entry-page.ts'
import { expect, test } from '../e2e/support/fixtures.ts'
import { pageTexts } from '../e2e/support/page-texts.ts'
import type { ShopClient } from '../e2e/support/shop-client.ts'
import { button, containing, DIALOG, type Engine, field, heading, picture, testId } from './engine.ts'
import { firefoxObstacle, startFirefox } from './firefox.ts'
import { startWebkit, webkitObstacle } from './webkit-gtk.ts'

const t = pageTexts('ko')
const PHOTO = join(import.meta.dirname, '../../../docs/pictures/entry.png')
const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1280, height: 900 }

const engines = [
  { name: 'Firefox ESR', obstacle: firefoxObstacle(), start: startFirefox },
  { name: 'WebKitGTK', obstacle: webkitObstacle(), start: startWebkit },
]

async function expectVisible(engine: Engine, place: string): Promise<void> {
  await expect.poll(() => engine.text(place), { message: place }).not.toBeNull()
}

async function signIn(engine: Engine, { stack }: ShopClient): Promise<void> {
  await engine.open(`${stack.baseUrl}/login`)
  await engine.type(field('이메일'), stack.ownerEmail)
  await engine.type(field('비밀번호'), stack.ownerPassword)
  await engine.click(button('로그인'))
  await expect.poll(() => engine.address()).toContain('/admin/events')
}

/** Creates and publishes an event in the form; resolves to its id. */
async function publish(engine: Engine, shop: ShopClient, title: string): Promise<string> {
  await engine.open(`${shop.stack.baseUrl}/admin/events/new`)
  await engine.type(field(t('form_title')), title)
  await engine.type(field(t('form_prize_name', { position: 1 })), '밤 식빵 세트')
  await engine.choose("//input[@type='file']", PHOTO)
  await engine.type(field(t('form_alt_text')), '초가 켜진 케이크')
  await engine.click(button(t('form_create')))
  await engine.click(button(t('event_publish')))
  await engine.click(DIALOG + button(t('event_publish')))
  await expect.poll(() => engine.text(DIALOG)).toBeNull()
  return /events\/([\w-]{36})/.exec(await engine.address())?.[1] ?? ''
}

/** Enters in the form as far as the press. */
async function enter(engine: Engine, address: string, name: string, phone: string): Promise<void> {
  await engine.open(address)
  await engine.type(field('이름'), name)
  await engine.type(field('전화번호'), phone)
  await engine.click(field('만 14세 이상이고, 개인정보 수집·이용에 동의해요'))
  await engine.click(button('참여하기'))
}

for (const { name, obstacle, start } of engines)
  test.describe(name, () => {
    test.skip(obstacle !== null && process.env.CI !== 'true', obstacle ?? '')

    test('an owner publishes, a customer enters on a phone, and a sceptic checks the draw', async ({
      shop,
    }, testInfo) => {
      const engine = await start()
      const look = (screen: string) => engine.screenshot(testInfo.outputPath(`${screen}.png`))
      try {
        await engine.resize(DESKTOP.width, DESKTOP.height)
        await signIn(engine, shop)
        const eventId = await publish(engine, shop, `${name}에서 여는 이벤트`)
        const { slug } = await shop.call<{ slug: string }>('PATCH', `/events/${eventId}`, {
          drawsAutomatically: false,
        })
        const { baseUrl } = shop.stack
        const entryPage = `${baseUrl}/e/${slug}?via=sns`

        await engine.resize(PHONE.width, PHONE.height)
        await engine.open(entryPage)
        await expectVisible(engine, picture('초가 켜진 케이크'))
        await look('entry')
        const phone = uniquePhoneNumber()
        await enter(engine, entryPage, '김하늘', phone)
        await expectVisible(engine, heading(t('done_title')))
        const number = (await engine.text(testId('application-number')))?.trim()
        expect(number).toMatch(/^\w{4}-\w{4}$/)
        await look('done')
        await enter(engine, entryPage, '이하늘', phone)
        await expectVisible(engine, containing('이미 참여하신 이벤트입니다'))
        await look('duplicate')

        // The count rises by itself.
        await engine.resize(DESKTOP.width, DESKTOP.height)
        await engine.open(`${baseUrl}/admin/events/${eventId}/overview`)
        await expect.poll(() => engine.text(testId('live-total'))).toContain('1')
        await shop.enter(eventId, uniquePhoneNumber())
        await expect.poll(() => engine.text(testId('live-total'))).toContain('2')
        await look('overview')

        await shop.close(eventId)
        await engine.open(`${baseUrl}/admin/events/${eventId}/draw`)
        await engine.click(button('당첨자 추첨'))
        await engine.click(DIALOG + button('추첨하기'))
        await expectVisible(engine, heading('당첨자 1명'))
        await look('drawn')

        const [draw] = await shop.call<{ drawLogId: string }[]>('GET', `/events/${eventId}/draws`)
        await engine.open(`${baseUrl}/verify/${draw?.drawLogId}`)
        await expectVisible(engine, containing(t('verify_same_known')))
        await look('verified')
      } finally {
        await look('last')
        await engine.close()
      }
    })
  })
