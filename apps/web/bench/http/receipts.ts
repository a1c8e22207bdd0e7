import { isReceiptSignature, parseSignedReceipt } from '@eungmo/draw/receipts'
import { z } from 'zod'

const restBody = z.object({ applicationNumber: z.string(), receipt: z.unknown() })
const doneLink = z.object({ location: z.string(), cookie: z.string() })

/** @throws when the REST response does not hold a receipt that the operator signed for the entry */
export function checkRestReceipt(operatorKey: string, eventId: string, body: string): void {
  const { applicationNumber, receipt } = restBody.parse(JSON.parse(body))
  const signed = parseSignedReceipt(receipt)
  const belongs = signed.receipt.applicationNumber === applicationNumber && signed.receipt.eventId === eventId
  if (!belongs) throw new Error(`The receipt belongs to another entry than ${applicationNumber}: ${body}`)
  if (!isReceiptSignature(operatorKey, signed)) throw new Error(`The signature is wrong: ${body}`)
}

/** Opens the done page as the browser would. @throws when it does not show a receipt that the operator signed */
export async function checkDonePage(
  baseUrl: string,
  operatorKey: string,
  eventId: string,
  sample: string,
): Promise<void> {
  const { location, cookie } = doneLink.parse(JSON.parse(sample))
  const response = await fetch(new URL(location, baseUrl), { headers: { cookie, accept: 'text/html' } })
  const html = await response.text()
  const [text] =
    /\{"receipt":\{[^<]*?"signature":"[0-9a-f]{128}"\}/.exec(html.replaceAll('&quot;', '"')) ?? []
  if (text === undefined) throw new Error(`${response.status}: no receipt on ${location}`)
  const signed = parseSignedReceipt(JSON.parse(text))
  if (signed.receipt.eventId !== eventId || !html.includes(signed.receipt.applicationNumber))
    throw new Error(`The receipt on ${location} belongs to another entry: ${text}`)
  if (!isReceiptSignature(operatorKey, signed)) throw new Error(`The signature is wrong: ${text}`)
}
