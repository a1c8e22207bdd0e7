import { photo } from '../support/picture-files.ts'
import type { RouteInput } from './route-inputs.ts'
import { everybody, row, type World } from './world.ts'

const file = await photo()

const versions = new WeakMap<World, Promise<string>>()

/** The open event's picture, uploaded once: the rows only read it. */
async function pictured(world: World): Promise<RouteInput> {
  const { open, shop } = world
  const uploading = versions.get(world) ?? shop.setPicture(open.eventId, file)
  versions.set(world, uploading)
  return { params: { ...open, version: await uploading, size: 'small' } }
}

const newPicture = async ({ newEvent }: World): Promise<RouteInput> => ({ params: await newEvent() })

/** The routes of an event's picture. */
export const pictureRoutes = {
  'GET /(customer)/e/[slug]/picture/[version]/[size].webp': row(everybody(200), pictured),
  'GET /(owner)/admin/events/[eventId]/picture/[version]/[size].webp': row(
    '401 404 200 200 401 | 401 401 401 401',
    pictured,
  ),
  'GET /(owner)/admin/events/[eventId]/picture': row('401 404 403 200 401 | 401 401 401 401', newPicture),
  // Without a file and a description.
  'POST /(owner)/admin/events/[eventId]/picture?/save': row(
    '401 404 403 400 401 | 401 401 401 401',
    newPicture,
  ),
  'POST /(owner)/admin/events/[eventId]/picture?/remove': row(
    '401 404 403 303 401 | 401 401 401 401',
    newPicture,
  ),
}
