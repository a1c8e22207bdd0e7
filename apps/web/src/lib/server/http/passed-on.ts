import type { HttpContext } from './pipeline.ts'

const contexts = new WeakMap<Request, HttpContext>()

/** Records that the front handler passes a request on from inside the pipeline. */
export const passOn = (request: Request, context: HttpContext): void => void contexts.set(request, context)

/** The pipeline's context of a request that the front handler has passed on; undefined for any other. */
export const passedOnContext = (request: Request): HttpContext | undefined => contexts.get(request)

/** Whether a request runs through the pipeline already. */
export const isInPipeline = (request: Request): boolean => contexts.has(request)
