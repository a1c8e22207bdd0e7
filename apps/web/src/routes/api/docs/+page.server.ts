import { openApi } from '#lib/server/api/openapi-document.ts'
import type { PageServerLoad } from './$types'
import { apiReference } from './api-reference.ts'

export const load: PageServerLoad = () => {
  const document = openApi()
  return {
    title: document.info.title,
    description: (document.info.description ?? '').split('\n\n'),
    base: document.servers?.[0]?.url ?? '',
    operations: apiReference(document),
  }
}
