import { openApiDocument } from '@eungmo/api/rest/openapi-document'
import { restBase } from './rest.ts'
import { publicUrl } from './services.ts'

let made: ReturnType<typeof openApiDocument> | undefined

/** The REST API's document; the router never changes while the process runs. */
export const openApi = () => {
  made ??= openApiDocument(publicUrl() + restBase)
  return made
}
