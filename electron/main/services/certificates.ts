// Issues the workspace's X.509 certificates for signatures in PDFs. X.509 anchors nothing else: authority is collection zero's.

import { createSigner } from '@shared/crypto/keys.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { CertificateIssuer } from '@shared/flow/found.ts'
import { issueRoot, issueSeat } from '@shared/signing/certificate.ts'
import { issueRevocationList } from '@shared/signing/revocation-list.ts'

export function createCertificateIssuer(host: CryptoHost): CertificateIssuer {
  const serial = (): Uint8Array => {
    const bytes = host.random.bytes(16)
    bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40
    return bytes
  }
  return {
    async root(root, genesis, town, at) {
      const signer = await createSigner(host, root)
      const certificate = await issueRoot({ town, genesis, publicKey: root.publicKey, serial: serial(), notBefore: at, sign: (data) => signer.sign(data) })
      const crl = await issueRevocationList({ root: certificate, number: 1, thisUpdate: at, nextUpdate: yearLater(at), revoked: [], sign: (data) => signer.sign(data) })
      return { certificate, crl }
    },
    async seat(root, rootCertificate, subject, at) {
      const signer = await createSigner(host, root)
      return issueSeat({ root: rootCertificate, name: subject.name, personId: subject.person, publicKey: subject.publicKey, serial: serial(), notBefore: at, sign: (data) => signer.sign(data) })
    },
  }
}

function yearLater(at: string): string {
  return new Date(Date.parse(at) + 365 * 24 * 60 * 60 * 1000).toISOString()
}
