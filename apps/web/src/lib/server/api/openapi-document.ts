import { openApiDocument } from '@eungmo/api/http/openapi-document'
import { publicUrl } from '../process/dependencies.ts'
import { restBase } from './rest.ts'

let document: ReturnType<typeof openApiDocument> | undefined

/** The REST API's document; the router never changes while the process runs. */
export const openApi = () => {
  document ??= openApiDocument(publicUrl() + restBase)
  return document
}
