import type { PictureView } from '@eungmo/api/pictures/schema'
import { pictureSources } from '#lib/picture-sources.ts'

/** What a form holds of an event's picture. */
export class PictureChoice {
  /** The address of the stored picture; undefined without one. */
  readonly stored: string | undefined
  readonly #storedText: string
  altText = $state('')
  /** The file that is chosen and can be sent. */
  file = $state.raw<File>()
  /** The address of that file in this browser. */
  preview = $state<string>()

  /** @param altText what was typed before, where the form shows again */
  constructor(eventId: string, picture: PictureView | null, altText?: string) {
    this.stored = picture ? pictureSources(`/admin/events/${eventId}`, picture).src : undefined
    this.#storedText = picture?.altText ?? ''
    this.altText = altText ?? this.#storedText
  }

  /** The address of what is shown. */
  get shown(): string | undefined {
    return this.preview ?? this.stored
  }

  get needsText(): boolean {
    return this.shown !== undefined && this.altText.trim() === ''
  }

  /** Whether there is something to send. */
  get isChanged(): boolean {
    return this.file !== undefined || (this.stored !== undefined && this.altText.trim() !== this.#storedText)
  }
}
