import { openApiDocument } from '@eungmo/api/http/openapi-document'
import { restBase } from '../front/rest.ts'
import { publicUrl } from '../process/dependencies.ts'

let document: ReturnType<typeof openApiDocument> | undefined

/** The REST API's document; the router never changes while the process runs. */
export const openApi = () => {
  document ??= openApiDocument(publicUrl() + restBase)
  return document
}
