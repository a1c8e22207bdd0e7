/** A browser with one page. Places on the page are XPath expressions; each method waits for its element. */
export interface Engine {
  open(url: string): Promise<void>
  /** Replaces the text of a field, by the keyboard. */
  type(field: string, text: string): Promise<void>
  choose(fileInput: string, file: string): Promise<void>
  click(place: string): Promise<void>
  /** The visible text, or null where there is no such element. */
  text(place: string): Promise<string | null>
  address(): Promise<string>
  resize(width: number, height: number): Promise<void>
  /** Writes a PNG file. */
  screenshot(file: string): Promise<void>
  close(): Promise<void>
}

/** The first visible element with this text, and nothing else in it. */
const literal = (text: string) => (text.includes("'") ? `"${text}"` : `'${text}'`)
const named = (name: string, text: string) => `//${name}[normalize-space()=${literal(text)}]`

export const button = (text: string) => named('button', text)
export const heading = (text: string) => `//*[self::h1 or self::h2][normalize-space()=${literal(text)}]`
/** The field that a label, or an aria-label, names. */
export const field = (label: string) =>
  `//input[@id=${named('label', label)}/@for or @aria-label=${literal(label)} or ancestor::label[normalize-space()=${literal(label)}]]`
export const picture = (alt: string) => `//img[@alt=${literal(alt)}]`
export const containing = (text: string) => `//*[text()[contains(., ${literal(text)})]]`
export const testId = (id: string) => `//*[@data-testid=${literal(id)}]`
export const DIALOG = "//*[@role='dialog']"
