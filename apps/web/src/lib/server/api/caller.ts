import { createCaller } from '@eungmo/api/router'
import { type Asked, contextOf } from './context.ts'

/** The API for pages and form actions on the server: the same procedures as over HTTP, without HTTP. */
export const callerOf = (event: Asked) => createCaller(contextOf(event))

export type Caller = ReturnType<typeof callerOf>
