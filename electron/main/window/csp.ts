// What each of our pages may load and run. Nothing from elsewhere, nothing inline, no eval; only as much as the page needs.

const closed = ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'"]

/** The main page: its own code and workers, WebAssembly for hashing and images, blobs it made itself. */
export const mainPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  ...closed,
].join('; ')

/** The consent page: its own code and its PDF reader's worker; no WebAssembly, no markup from strings. */
export const consentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types fumibako',
  ...closed,
].join('; ')

/** The page that puts a file on paper: its own code and its PDF reader's worker, the one file that main serves, pictures it made. */
export const paperPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  'img-src blob:',
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types fumibako',
  ...closed,
].join('; ')

/** A printed document: styles, shipped fonts, images inside it. No script at all, whatever it contains. */
export const printPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'font-src app://print',
  'img-src data:',
  'sandbox allow-same-origin',
  ...closed,
].join('; ')
