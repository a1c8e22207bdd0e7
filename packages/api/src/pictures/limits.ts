export const MAX_UPLOAD_BYTES = 8_000_000

/** What is said of a picture, in characters. */
export const MAX_ALT_TEXT = 120
