import { createCaller } from '@eungmo/api/router'
import { type ApiRequest, contextOf } from './context.ts'

/** The API for pages and form actions on the server: the same procedures as over HTTP, without HTTP. */
export const callerOf = (event: ApiRequest) =>
  createCaller(contextOf(event), { signal: event.request.signal })

export type Caller = ReturnType<typeof callerOf>
