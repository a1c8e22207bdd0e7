/** Why an upload is rejected: codes of field-messages.ts. */
export const UPLOAD_ERRORS = [
  'picture.too_large',
  'picture.type',
  'picture.animated',
  'picture.attached',
  'picture.pixels',
  'picture.too_small',
  'picture.broken',
] as const
export type UploadError = (typeof UPLOAD_ERRORS)[number]
