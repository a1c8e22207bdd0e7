import { openApi } from '#lib/server/api/openapi-document.ts'

export const GET = () => Response.json(openApi(), { headers: { 'cache-control': 'public, max-age=300' } })
