import { deleteReceipt } from '#lib/event-storage.ts'
import { trpc } from '#lib/trpc.ts'

/**
 * Deletes what this browser stores of an entry: the receipt at once, and the cookies of its done page, which only
 * the server can delete. Resolves to whether the done page is closed; otherwise it closes itself within two hours.
 * @param slug of the event, where it is known
 */
export async function deleteEntry(eventId: string, slug?: string): Promise<boolean> {
  deleteReceipt(eventId)
  try {
    const address = slug ?? (await trpc.events.get.query({ eventId })).slug
    const { ok } = await fetch(`/e/${encodeURIComponent(address)}/done?/forget`, {
      method: 'POST',
      body: new FormData(),
      headers: { 'x-sveltekit-action': 'true' },
      keepalive: true,
    })
    return ok
  } catch {
    // Without a connection: the page says so.
    return false
  }
}
