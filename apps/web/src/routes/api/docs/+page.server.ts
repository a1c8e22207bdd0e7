import { apiReference } from '#lib/server/api-reference.ts'
import { openApi } from '#lib/server/openapi.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = () => {
  const document = openApi()
  return {
    title: document.info.title,
    description: (document.info.description ?? '').split('\n\n'),
    base: document.servers?.[0]?.url ?? '',
    operations: apiReference(document),
  }
}
