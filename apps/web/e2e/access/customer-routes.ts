import { uniquePhoneNumber } from '../pages/entry-page.ts'
import { claimRoutes } from './claim-routes.ts'
import { cancelled, drawn, foreignLink, nothing, open, ownEntry } from './route-inputs.ts'
import { everybody, row } from './world.ts'

/** Pages, form actions and endpoints of customers, who never sign in. */
export const customerRoutes = {
  'GET /(customer)/mine': row(everybody(200), nothing),
  'GET /(customer)/e/[slug]': row(everybody(200), open),
  'POST /(customer)/e/[slug]': row(everybody(303), ({ open }) => ({
    params: open,
    form: { name: '김하늘', phoneNumber: uniquePhoneNumber(), entryPath: 'SNS', privacyConsent: 'on' },
  })),
  'GET /(customer)/e/[slug]/announcement.ics': row(everybody(200), open),
  'GET /(customer)/e/[slug]/opening.ics': row(everybody(200), open),
  'GET /(customer)/e/[slug]/card.png': row(everybody(200), open),
  'GET /(customer)/e/[slug]/done': row(everybody(200), open),
  'POST /(customer)/e/[slug]/done?/forget': row(everybody(200), open),
  'GET /(customer)/e/[slug]/winners': row(everybody(200), drawn),
  'GET /(customer)/e/[slug]/privacy': row(everybody(200), open),
  ...claimRoutes,
  'GET /(customer)/e/[slug]/check': row(everybody(200), open),
  'POST /(customer)/e/[slug]/check?/number': row(everybody(200), async ({ open, shop }) => {
    const phoneNumber = uniquePhoneNumber()
    return { params: open, form: { phoneNumber, ...(await shop.enter(open.eventId, phoneNumber)) } }
  }),
  'POST /(customer)/e/[slug]/check?/receipt': row(everybody(400), open),
  // The stack sends no text messages, whose links alone lead anywhere: apps/web/e2e/forgotten-number.spec.ts.
  'POST /(customer)/e/[slug]/check?/forgotten': row(everybody(409), ({ open }) => ({
    params: open,
    form: { phoneNumber: uniquePhoneNumber() },
  })),
  'GET /(customer)/e/[slug]/not-me/[link]': row(everybody(200), foreignLink),
  'POST /(customer)/e/[slug]/not-me/[link]': row(everybody(400), foreignLink),
  'GET /(customer)/e/[slug]/check/own': row(everybody(200), open),
  'POST /(customer)/e/[slug]/check/own?/open': row(everybody(303), ownEntry),
  // Opened by the proof alone, which a cookie holds: apps/web/e2e/own-data.spec.ts.
  'POST /(customer)/e/[slug]/check/own?/name': row(everybody(400), ownEntry),
  'POST /(customer)/e/[slug]/check/own?/marketing': row(everybody(400), open),
  'POST /(customer)/e/[slug]/check/own?/close': row(everybody(303), open),
  'POST /(customer)/e/[slug]/check/own/own-data.json': row(everybody(400), open),
  'GET /(customer)/e/[slug]/check/own/withdraw': row(everybody(200), open),
  'POST /(customer)/e/[slug]/check/own/withdraw': row(everybody(400), ownEntry),
  'GET /(customer)/verify/spec': row(everybody(200), nothing),
  'GET /(customer)/verify/[drawLogId]': row(everybody(200), drawn),
  'GET /(customer)/verify/[drawLogId]/certificate': row(everybody(200), drawn),
  'GET /(customer)/verify/[drawLogId]/certificate.png': row(everybody(200), drawn),
  'GET /(customer)/verify/[drawLogId]/entries.csv': row(everybody(200), drawn),
  'GET /(customer)/verify/[drawLogId]/transcript.json': row(everybody(200), drawn),
  'GET /(customer)/verify/cancelled/[eventId]': row(everybody(200), cancelled),
  'GET /(customer)/verify/cancelled/[eventId]/transcript.json': row(everybody(200), cancelled),
}
