import { parseId } from '@eungmo/api/validation/parse-id'
import { formatNumber } from '#lib/format-number.ts'
import * as m from '#lib/paraglide/messages.js'
import { qrSvg } from '#lib/qr-code.ts'
import { jsonErrorResponse } from '#lib/server/api/error-response.ts'
import { pictures } from '#lib/server/pictures/pictures.ts'
import { storedPictures } from '#lib/server/pictures/stored-pictures.ts'
import { dependencies, publicUrl } from '#lib/server/process/dependencies.ts'
import { certificateContent } from '../certificate/certificate-content.ts'
import type { RequestHandler } from './$types'
import { certificatePicture, MAX_NUMBERS, MAX_REPLACED } from './certificate-picture.ts'

/** The certificate as a picture of 1080 × 1350 px, to post. */
export const GET: RequestHandler = async ({ request, locals, params: { drawLogId } }) => {
  try {
    const { view } = await dependencies().publicReads.drawSummary(parseId(drawLogId))
    const limits = { maxNumbers: MAX_NUMBERS, maxReplaced: MAX_REPLACED }
    const content = certificateContent(view, limits)
    const texts = {
      name: m.draw_certificate_title(),
      numbers: m.draw_certificate_numbers(),
      more: (count: number) => m.draw_certificate_more({ count: formatNumber(count) }),
      replaced: m.draw_certificate_replaced(),
      seal: m.draw_certificate_seal(),
    }
    const verifyUrl = `${publicUrl()}/verify/${drawLogId}`
    const response = await storedPictures.respond(request, {
      shows: { certificate: content, verifyUrl, locale: locals.locale },
      async draw() {
        const renderer = await pictures()
        return renderer.png(certificatePicture(content, texts, qrSvg(verifyUrl), renderer))
      },
    })
    response.headers.set('x-robots-tag', 'noindex')
    return response
  } catch (cause) {
    return jsonErrorResponse(cause, locals.locale)
  }
}
