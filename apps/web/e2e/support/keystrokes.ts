import type { Locator } from '@playwright/test'

/** Seconds of the keystroke-level model (Card, Moran and Newell 1980). */
const MODEL = {
  /** Deciding what to do next. */
  think: 1.35,
  /** Pointing at something and clicking it. */
  click: 1.3,
  /** From the mouse to the keyboard. */
  reach: 0.4,
  /** A key, by somebody who types now and then. */
  key: 0.28,
  /** Waiting for what a press leads to. */
  wait: 1,
  /** Taking a phone out, and pointing its camera at a QR code. */
  scan: 8,
}
/** A syllable has an initial, a vowel, and often a final consonant. */
const KEYS_PER_SYLLABLE = 2.5

const keysOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[가-힣]/.test(character) ? KEYS_PER_SYLLABLE : 1), 0)

/** Uses pages as a person does, and counts what that takes. */
export class Keystrokes {
  presses = 0
  fields = 0
  keys = 0
  scans = 0

  async press(button: Locator): Promise<void> {
    this.presses += 1
    await button.click()
  }

  /** Clicks a field and types into it. */
  async type(field: Locator, text: string): Promise<void> {
    this.fields += 1
    this.keys += keysOf(text)
    await field.click()
    await field.pressSequentially(text)
  }

  /** In seconds, what the model says that a person takes. */
  get seconds(): number {
    const { think, click, reach, key, wait, scan } = MODEL
    return (
      this.presses * (think + click + wait) +
      this.fields * (think + click + reach) +
      this.keys * key +
      this.scans * scan
    )
  }
}
