// Opens a PDF on the pages of windows that main owns: pdf.js reads in a worker of that page, without eval, forms, scripts or fetching.
import { getDocument, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** Rejects where the bytes are no PDF. Once for each page: its policy lets one worker be made. */
export function openWholePdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({ data: bytes.slice(), worker: PDFWorker.fromPort({ port: startWorker() }), isEvalSupported: false, enableXfa: false, useWorkerFetch: false, useSystemFonts: false }).promise
}

/** The page's policy allows scripts from our own origin only, and only through this one place. */
function startWorker(): Worker {
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes: TrustedTypes }
  const policy = trustedTypes.createPolicy('fumibako', { createScriptURL: ownScript })
  return new Worker(policy.createScriptURL(new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url).href), { type: 'module' })
}

function ownScript(url: string): string {
  if (new URL(url).origin !== location.origin) throw new Error('defect: a script from elsewhere')
  return url
}
