import { redirect } from '@sveltejs/kit'
import { describeViewer } from '#lib/server/auth/describe-viewer.ts'
import type { LayoutServerLoad } from './$types'

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** Whether what is typed crosses a network unencrypted. */
const isPlainHttp = ({ protocol, hostname }: URL) => protocol === 'http:' && !LOOPBACK.test(hostname)

export const load: LayoutServerLoad = async ({ locals, url }) => {
  const { viewer } = locals
  const description = viewer.kind === 'member' ? await describeViewer(viewer) : undefined
  if (viewer.kind !== 'member' || !description) {
    if (locals.userId) redirect(303, '/welcome')
    redirect(303, `/login?next=${encodeURIComponent(url.pathname + url.search)}`)
  }
  return { member: { role: viewer.role, ...description }, plainHttp: isPlainHttp(url) }
}
